"""The benchmark: fills a country's worth of programmes on both databases and holds the pages to their bars."""

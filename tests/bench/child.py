"""One child process of the benchmark: fills or measures the database its environment names, answers in a JSON file."""

import json
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from tests.bench import fill, measure, measured, saving, year, year_fill

    command, target, *numbers = sys.argv[1:]
    verbs = {"fill": fill.fill, "pages": measure.measure, "excel": measure.excel, "walk": measure.walk}
    verbs |= {"fill_year": year_fill.fill_year, "year": year.year, "night": year.night}
    verbs |= {"count": measured.count_tasks, "saves": saving.saves}
    Path(target).write_text(json.dumps(verbs[command](*map(int, numbers))))

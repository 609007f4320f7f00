"""The table the benchmark prints: every page at each size, and every bar with its figure."""

from typing import Any

LIMITS = {"postgresql": 150.0, "sqlite": 250.0}
SLACK, TIMES = 25.0, 2.0
MOST_QUERIES = 12
EXCEL_SECONDS, EXCEL_MEMORY, WORKER_MEMORY = 20.0, 150.0, 150.0
LISTS = ("public list", "staff list")


class Report:
    """What was measured on one database, size by size."""

    def __init__(self, vendor: str, sizes: dict[int, dict[str, Any]]) -> None:
        self.vendor, self.sizes = vendor, dict(sorted(sizes.items()))
        self.small, self.large = min(sizes), max(sizes)
        self.missed: list[str] = []

    def print(self) -> None:
        """Print the table and the bars."""
        print(f"\n=== {self.vendor}: {' and '.join(f'{size:,}' for size in self.sizes)} programmes\n")
        head = "".join(f"{f'{size:,}':>10} queries  median     p95" for size in self.sizes)
        print(f"{'page · person':<46}{head}{'kB':>8}{'sent':>7}   bar")
        for key in self.sizes[self.large]["pages"]:
            self._row(key)
        self._rest()
        for line in self.missed:
            print(f"bar not met: {line}")
        if not self.missed:
            print(f"{self.vendor}: every bar met")

    def _row(self, key: str) -> None:
        cells, at_large = "", self.sizes[self.large]["pages"][key]
        for measured in self.sizes.values():
            page = measured["pages"].get(key, {"error": "not measured"})
            if "error" in page:
                cells += f"   {page['error'][:31]:<31}"
            else:
                cells += f"{'':>10}{page['queries']:>8}{page['median']:>8.1f}{page['p95']:>8.1f}"
        if "error" in at_large:
            self.missed.append(f"{key}: {at_large['error']}")
            print(f"{key:<46}{cells}   NOT MEASURED")
            return
        sizes = f"{at_large['bytes'] / 1000:>8.1f}{at_large['sent'] / 1000:>7.1f}"
        print(f"{key:<46}{cells}{sizes}   {self._bar(key, at_large)}")

    def _bar(self, key: str, page: dict[str, Any]) -> str:
        if page["name"].startswith(LISTS) and page["queries"] > MOST_QUERIES:
            self.missed.append(f"{key}: {page['queries']} queries, bar {MOST_QUERIES}")
        if not page["bar"]:
            return ""
        limit, words = LIMITS[self.vendor], ""
        if page["bar"] != "a fixed limit":
            small = self.sizes[self.small]["pages"].get(key, {})
            if "p95" not in small or self.small == self.large:
                return "no smaller size to compare with"
            limit, words = TIMES * small["p95"] + SLACK, f" = 2 × {small['p95']:.1f} + 25"
        return self._held(key, page["p95"], limit, "ms", words)

    def _held(self, what: str, figure: float, limit: float, unit: str, words: str = "") -> str:
        if figure <= limit:
            return f"ok ≤ {limit:.0f}"
        self.missed.append(f"{what}: {figure:.1f} {unit}, bar {limit:.1f} {unit}{words}")
        return f"NOT MET ≤ {limit:.0f}"

    def _rest(self) -> None:
        print()
        for size, measured in self.sizes.items():
            pages = measured["pages"]
            ours, plain = pages.get("public list · visitor", {}), pages.get("plain list · visitor", {})
            if "median" in ours and "median" in plain:
                ratio = ours["median"] / plain["median"]
                said = self._held(f"public list against the plain view at {size:,}", ratio, TIMES, "times")
                print(
                    f"{size:>9,}  public list is {ratio:.2f} times the plain view "
                    f"({ours['median']:.1f} / {plain['median']:.1f} ms, {ours['queries']} / {plain['queries']} queries)  {said}"
                )
            self._excel(size, measured)
            print(f"{'':>9}  filled in {measured['filled']:.0f} s")

    def _excel(self, size: int, measured: dict[str, Any]) -> None:
        excel, worker = measured["excel"], measured["worker"]
        time = self._held(f"Excel of {size:,} rows", excel["seconds"], EXCEL_SECONDS, "s")
        peak = self._held(f"Excel of {size:,} rows, memory", excel["peak"], EXCEL_MEMORY, "MB")
        print(
            f"{'':>9}  Excel of {size:,} rows: {excel['seconds']:.1f} s {time}, {excel['bytes'] / 1e6:.1f} MB sent, "
            f"process {excel['peak']:.0f} MB {peak}"
        )
        most = self._held(f"server process at {size:,}", worker["pages"], WORKER_MEMORY, "MB")
        last = self._held(f"server process at {size:,} after an Excel", worker["excel"], WORKER_MEMORY, "MB")
        print(
            f"{'':>9}  server process after every page: {worker['pages']:.0f} MB {most}; "
            f"after an Excel of all too: {worker['excel']:.0f} MB {last}"
        )

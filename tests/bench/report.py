"""What the benchmark prints: every page at each size; at the end every bar with its worst figure, met or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LIMITS = {"postgresql": 150.0, "sqlite": 250.0}
SLACK, TIMES = 25.0, 2.0
MOST_QUERIES = 12
EXCEL_SECONDS, EXCEL_MEMORY, WORKER_MEMORY = 20.0, 150.0, 150.0
SAVING = 1000.0
LISTS = ("public list", "staff list", "conference list", "conference staff list", "task board")


@dataclass(frozen=True)
class Held:
    """One figure held to a bar."""

    bar: str
    what: str
    figure: float
    limit: float
    unit: str
    words: str = ""
    why: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure keeps to the bar."""
        return self.figure <= self.limit

    def __str__(self) -> str:
        return f"{self.what}: {self.figure:.1f} {self.unit}, bar {self.limit:.1f} {self.unit}{self.words}"


def bar_of(name: str) -> str:
    """The bar a page is held to, among pages of its kind: lists filtered and deep stand by themselves."""
    base, _, more = name.partition(", ")
    return f"{base}, {'deep' if more.endswith(' page') else 'filtered'}" if more else base


class Report:
    """What was measured on one database, size by size."""

    def __init__(self, vendor: str, sizes: dict[int, dict[str, Any]]) -> None:
        self.vendor, self.sizes = vendor, dict(sorted(sizes.items()))
        self.small, self.large = min(sizes), max(sizes)
        self.held: list[Held] = []
        self.broken: list[str] = []

    def print(self) -> None:
        """Print the table and the bars."""
        print(f"\n=== {self.vendor}: {' and '.join(f'{size:,}' for size in self.sizes)} programmes\n")
        head = "".join(f"{f'{size:,}':>10} queries  median     p95" for size in self.sizes)
        print(f"{'page · person':<46}{head}{'kB':>8}{'sent':>7}   bar")
        for key in self.sizes[self.large]["pages"]:
            self._row(key)
        self._rest()
        for one in self.held:
            if not one.met:
                print(f"bar not met: {one}\n        why: {one.why}")
        for line in self.broken:
            print(f"not measured: {line}")

    def bars(self) -> list[str]:
        """A line for each bar: its worst figure, the bar, whether it is met."""
        lines = []
        for bar in dict.fromkeys(one.bar for one in self.held):
            held = [one for one in self.held if one.bar == bar]
            worst = max(held, key=lambda one: one.figure / one.limit)
            late = sum(not one.met for one in held)
            said = f"NOT MET, {late} of {len(held)}" if late else "met"
            figures = f"{worst.figure:>9.1f} {worst.limit:>9.1f} {worst.unit:<8}"
            lines.append(f"{self.vendor:<12}{bar:<28}{figures}{said:<18}{worst.what}")
            if late:
                lines.append(f"{'':<12}why: {worst.why}")
        return [*lines, *(f"{self.vendor:<12}NOT MEASURED {line}" for line in self.broken)]

    def _row(self, key: str) -> None:
        cells, at_large = "", self.sizes[self.large]["pages"][key]
        for measured in self.sizes.values():
            page = measured["pages"].get(key, {"error": "not measured"})
            if "error" in page:
                cells += f"   {page['error'][:31]:<31}"
            else:
                cells += f"{'':>10}{page['queries']:>8}{page['median']:>8.1f}{page['p95']:>8.1f}"
        if "error" in at_large:
            self.broken.append(f"{key}: {at_large['error']}")
            print(f"{key:<46}{cells}   NOT MEASURED")
            return
        sizes = f"{at_large['bytes'] / 1000:>8.1f}{at_large['sent'] / 1000:>7.1f}"
        print(f"{key:<46}{cells}{sizes}   {self._bar(key, at_large)}")

    def _bar(self, key: str, page: dict[str, Any]) -> str:
        if page["name"].startswith(LISTS):
            self._held("queries of a list", key, page["queries"], MOST_QUERIES, "queries", why=page["why"])
        if not page["bar"]:
            return ""
        limit, words = LIMITS[self.vendor], ""
        if page["bar"] != "a fixed limit":
            small = self.sizes[self.small]["pages"].get(key, {})
            if "p95" not in small or self.small == self.large:
                return "no smaller size to compare with"
            limit, words = TIMES * small["p95"] + SLACK, f" = 2 × {small['p95']:.1f} + 25"
        why = f"median {page['median']:.1f} ms; {page['why']}"
        return self._held(bar_of(page["name"]), key, page["p95"], limit, "ms", words, why)

    def _held(
        self, bar: str, what: str, figure: float, limit: float, unit: str, words: str = "", why: str = ""
    ) -> str:
        self.held.append(Held(bar, what, figure, limit, unit, words, why))
        return f"{'ok' if self.held[-1].met else 'NOT MET'} ≤ {limit:.0f}"

    def _rest(self) -> None:
        print()
        for size, measured in self.sizes.items():
            pages = measured["pages"]
            ours, plain = pages.get("public list · visitor", {}), pages.get("plain list · visitor", {})
            if "p95" in ours and "p95" in plain:
                ratio = ours["p95"] / plain["p95"]
                said = self._held(
                    "public list : plain view", f"{size:,} programmes", ratio, TIMES, "times", why=ours["why"]
                )
                print(
                    f"{size:>9,}  public list is {ratio:.2f} times the plain view "
                    f"({ours['p95']:.1f} / {plain['p95']:.1f} ms, {ours['queries']} / {plain['queries']} queries)  {said}"
                )
            self._excel(size, measured)
            for what, one in measured["saves"].items():
                met = self._held(
                    "a form of 500 people", f"{what}, {size:,}", one["p95"], SAVING, "ms", why=one["why"]
                )
                print(f"{'':>9}  {what}: {one['median']:.1f} ms, p95 {one['p95']:.1f} {met}")
            print(f"{'':>9}  filled in {measured['filled']:.0f} s")

    def _excel(self, size: int, measured: dict[str, Any]) -> None:
        worker, what = measured["worker"], f"{size:,} programmes"
        for book, excel in measured["excel"].items():
            said = f"{book}, {what}"
            why = {"why": excel["why"]}
            time = self._held("Excel of all", said, excel["seconds"], EXCEL_SECONDS, "s", **why)
            peak = self._held("Excel of all, memory", said, excel["peak"], EXCEL_MEMORY, "MB", **why)
            print(
                f"{'':>9}  Excel of all {book}: {excel['seconds']:.1f} s {time}, its first bytes after "
                f"{excel['first']:.1f} s, {excel['bytes'] / 1e6:.1f} MB sent, process {excel['peak']:.0f} MB {peak}"
            )
        why = {"why": worker["why"]}
        most = self._held("server process, memory", what, worker["pages"], WORKER_MEMORY, "MB", **why)
        last = self._held("the same after an Excel", what, worker["excel"], WORKER_MEMORY, "MB", **why)
        print(
            f"{'':>9}  server process after every page: {worker['pages']:.0f} MB {most}; "
            f"after an Excel of all too: {worker['excel']:.0f} MB {last}"
        )


def print_bars(reports: Iterable[Report]) -> None:
    """Print every bar of every database, met or not."""
    print(f"\n{'database':<12}{'bar':<28}{'worst':>9} {'limit':>9} {'':<8}{'':<18}where")
    for report in reports:
        print("\n".join(report.bars()))

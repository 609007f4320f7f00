"""What the benchmark prints of the year: every figure beside its bar, every page beside the plain SQL of its totals."""

from typing import Any


def print_year(found: dict[str, Any], seconds: float) -> None:
    """Print every figure with its bar, and each page's ratio to the plain SQL."""
    print(f"\n=== the year at national size, filled in {seconds:.0f} s\n")
    for kind in ("questions", "pages"):
        for name, one in found[kind].items():
            said = (
                ""
                if one["bar"] is None
                else f"  {'ok' if one['p95'] <= one['bar'] else 'NOT MET'} ≤ {one['bar']:.0f}"
            )
            ratio = (
                f", {one['median'] / found['plain']['median']:.1f} times the plain SQL"
                if kind == "pages"
                else ""
            )
            print(f"{name:<52}{one['median']:>9.1f}{one['p95']:>9.1f} ms{said}{ratio}")
    print(f"{'the totals in plain SQL':<52}{found['plain']['median']:>9.1f}{found['plain']['p95']:>9.1f} ms")
    if night := found.get("night"):
        met = night["letters"] and night["seconds"] <= 60 and night["peak"] <= 300
        print(
            f"reminders of a night: {night['letters']:,} letters, {night['seconds']:.1f} s, {night['peak']:.0f} MB  {'ok' if met else 'NOT MET'} ≤ 60 s, 300 MB"
        )

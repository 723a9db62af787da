"""Compensation: what each offer gains, adjusted beside raw, and the whole curve with its support."""

from dashboard.controls import choose_aim
from dashboard.effects import leading_aim
from dashboard.frame import open_run
from dashboard.show import chart, lead

run = open_run("Compensation")
aim = choose_aim(run, "compensation")
lead(run, aim, "what giving more would change")
chart("compensation_ladder", run, aim)
chart("compensation_curve", run, aim)
chart("kinds", run, leading_aim(run, "compensation_kind"))

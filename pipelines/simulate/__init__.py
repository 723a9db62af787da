"""A simulated hotel and cruise group: data like a company's, with true effects to hold estimates against."""

from pipelines.simulate.helpdesk.write import write_helpdesk_export
from pipelines.simulate.sample import write_sample
from pipelines.simulate.scenario import Scenario
from pipelines.simulate.simulated import Simulated, simulate

__all__ = ["Scenario", "Simulated", "simulate", "write_helpdesk_export", "write_sample"]

"""Every module that declares messages: importing this one makes their codes known to whoever decodes a row."""

from pipelines.contracts.catalog import caveats as caveats
from pipelines.contracts.catalog import earlier as earlier
from pipelines.contracts.catalog import faults_decisions as faults_decisions
from pipelines.contracts.catalog import populations as populations
from pipelines.contracts.catalog import reasons as reasons
from pipelines.contracts.catalog import reasons_counted as reasons_counted
from pipelines.contracts.catalog import reasons_estimation as reasons_estimation
from pipelines.contracts.catalog import reasons_lacking as reasons_lacking
from pipelines.contracts.catalog import reasons_money as reasons_money
from pipelines.contracts.catalog import reasons_plans as reasons_plans
from pipelines.contracts.catalog import steps as steps

"""Every module that declares messages of rows: importing this one makes their codes known to whoever decodes a row."""

from pipelines.contracts.experiments import reasons as reasons
from pipelines.contracts.messages import caveats as caveats
from pipelines.contracts.messages import counted as counted
from pipelines.contracts.messages import earlier as earlier
from pipelines.contracts.messages import estimation as estimation
from pipelines.contracts.messages import faults as faults
from pipelines.contracts.messages import findings as findings
from pipelines.contracts.messages import grounds as grounds
from pipelines.contracts.messages import lacking as lacking
from pipelines.contracts.messages import money as money
from pipelines.contracts.messages import plans as plans
from pipelines.contracts.messages import plausible as plausible
from pipelines.contracts.messages import populations as populations
from pipelines.contracts.messages import steps as steps

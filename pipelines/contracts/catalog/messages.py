"""Every module that declares messages: importing this one makes their codes known to whoever decodes a row."""

from pipelines.contracts.catalog import reasons as reasons

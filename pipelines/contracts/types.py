"""The column types of every published table, named once; ``arrow.py`` says what they are in Parquet."""

from typing import Literal

ColumnType = Literal["text", "flag", "whole", "real", "money", "time"]

TEXT: ColumnType = "text"
FLAG: ColumnType = "flag"
WHOLE: ColumnType = "whole"
REAL: ColumnType = "real"
MONEY: ColumnType = "money"
TIME: ColumnType = "time"

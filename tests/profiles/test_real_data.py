"""The real exports are required, and their absence says where they belong."""

import pytest
from real_data import EXPORTS, export_folder


def test_a_missing_export_fails_and_says_where_it_belongs():
    with pytest.raises(pytest.fail.Exception, match="no such folder") as failure:
        export_folder("an export nobody has")
    assert str(EXPORTS) in str(failure.value)


@pytest.mark.parametrize("name", ["olist_sample", "cfpb_complaints", "bank_app_reviews"])
def test_the_exports_lie_beside_the_checkout(name):
    assert list(export_folder(name).glob("*.csv"))

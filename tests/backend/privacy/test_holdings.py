"""The record of processing is complete: every table says whose it is and what becomes of it."""

import pytest

from backend.database import load_models
from backend.privacy.holdings import ERASED, HOLDINGS, NAMED_IN_RECORDS, NOBODYS, Cleared


def test_every_table_says_what_becomes_of_it():
    known = {one.table for one in HOLDINGS} | NOBODYS
    assert set(load_models().tables) == known


def test_no_table_is_both_somebodys_and_nobodys():
    assert not {one.table for one in HOLDINGS} & NOBODYS


def test_every_table_with_a_member_is_somebodys():
    of_members = {table.name for table in load_models().tables.values() if "member_id" in table.columns}
    assert of_members <= {one.table for one in HOLDINGS}


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda one: one.table)
def test_a_holding_names_columns_that_are_there(holding):
    named = {*holding.hidden, *(holding.erasure.values if isinstance(holding.erasure, Cleared) else ())}
    assert named <= set(load_models().tables[holding.table].columns.keys())


def test_what_is_said_to_be_erased_is_a_topic_of_the_copy():
    assert set(ERASED) <= {one.topic for one in HOLDINGS}


def test_only_vouchers_may_still_name_somebody():
    assert set(load_models().tables) >= NAMED_IN_RECORDS

"""What all tables share."""

from sqlalchemy import BigInteger, Column, Integer, Text
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
BIG = BigInteger().with_variant(Integer, "sqlite")


def body_column() -> "Column[str]":
    return Column("body", Text, nullable=False)

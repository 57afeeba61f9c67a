"""Rollback and war room: what people declare, take, move, log and resolve (spec 6)."""

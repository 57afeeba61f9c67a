"""The coming year: blackouts proposed for it, dates of the cadence in its holidays, and what was answered."""

"""The same company as its help desk, shop and survey tool would land in a warehouse, with all the mess of that."""

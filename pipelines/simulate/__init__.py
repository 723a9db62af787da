"""A simulated hotel and cruise group: data like a company's, with true effects to hold estimates against."""

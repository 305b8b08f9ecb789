"""Other systems over the same reports with the same models, to be measured beside this one; extras, no dependencies."""

"""Remote text made safe; numbers, ages and sparks as a person reads them. Pure."""

nav-today = Today

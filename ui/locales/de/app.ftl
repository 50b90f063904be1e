nav-today = Heute

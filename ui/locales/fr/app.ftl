nav-today = Aujourd'hui

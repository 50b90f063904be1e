nav-today = Vandaag

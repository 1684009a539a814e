def b(e,c): return 1

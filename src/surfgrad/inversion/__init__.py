"""From observed curves to profiles: least squares in whitened coordinates and its posterior, through any Forward."""

"""Prior to models to curves: seeded, chunked, resumable stores."""

//! Sends what the gate admitted.

//! What is kept, sealed

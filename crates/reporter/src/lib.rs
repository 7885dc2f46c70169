//! Findings in, documents out

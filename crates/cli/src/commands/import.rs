//! `unlisted import`.

use crate::args::Import;
use crate::failure::Failure;

pub(crate) fn run(_args: &Import) -> Result<u8, Failure> {
    Err(Failure::failed("not built yet"))
}

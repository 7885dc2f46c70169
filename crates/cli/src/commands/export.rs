//! `unlisted export`.

use crate::args::Export;
use crate::failure::Failure;

pub(crate) fn run(_args: &Export) -> Result<u8, Failure> {
    Err(Failure::failed("not built yet"))
}

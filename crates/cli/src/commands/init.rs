//! `unlisted init`.

use crate::args::Init;
use crate::failure::Failure;

pub(crate) fn run(_args: &Init) -> Result<u8, Failure> {
    Err(Failure::failed("not built yet"))
}

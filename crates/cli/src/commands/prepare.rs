//! `unlisted prepare`: what to do before nomination.

use crate::args::Prepare;
use crate::failure::Failure;

pub(crate) fn run(_args: &Prepare) -> Result<u8, Failure> {
    Err(Failure::failed("not built yet"))
}

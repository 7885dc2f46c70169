//! Keeps what is in memory in memory: no core file of this process, whatever the shell allows.

/// Asks the system to write no image of this process anywhere. Where it cannot, nothing else changes.
pub(crate) fn no_core_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).unwrap_or_default();
    }
    // A handler of core files that is a program is not bound by the limit.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).unwrap_or_default();
}

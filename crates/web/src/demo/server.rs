//! The server: one port of this computer, one thread, all hosts.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use super::bundled::bundled;
use super::connection;
use super::log::{Log, LogLine};
use super::routes::Routes;
use super::site::Site;

/// A running made-up web. It stops when it is dropped.
pub struct DemoWeb {
    addr: SocketAddr,
    log: Arc<Log>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl DemoWeb {
    /// Serves the bundled web on a port of 127.0.0.1; 0 takes any free one.
    ///
    /// # Errors
    /// The port is taken or not allowed.
    pub fn start(port: u16) -> io::Result<Self> {
        Self::serving(port, bundled()?)
    }

    /// Serves the bundled web and these sites on any free port; a site with a bundled one's name takes its place.
    ///
    /// # Errors
    /// No port is free.
    pub fn with_sites(sites: Vec<Site>) -> io::Result<Self> {
        let mut all = bundled()?;
        all.extend(sites);
        Self::serving(0, all)
    }

    /// Serves exactly these sites on a port of 127.0.0.1; 0 takes any free one.
    ///
    /// # Errors
    /// The port is taken or not allowed.
    pub fn serving(port: u16, sites: Vec<Site>) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|e| explain(port, &e))?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let log = Arc::new(Log::default());
        let routes = Arc::new(Routes::new(sites));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let for_thread = Arc::clone(&log);
        let thread = std::thread::Builder::new().name("demo-web".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, routes, for_thread) => {}
                    // Dropping the sender stops the server as well.
                    _stop = stopped => {}
                }
            });
            // Connections that hang end with the runtime.
            runtime.shutdown_background();
        })?;
        Ok(Self { addr, log, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens, for `--rehearsal`.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Every request so far, in the order in which they came.
    pub fn log(&self) -> Vec<LogLine> {
        self.log.lines()
    }

    /// How many requests there were so far.
    pub fn requests(&self) -> usize {
        self.log.count()
    }

    /// Writes a line for each request that came from number `from` on, waiting up to `patience` for the first, and gives the
    /// number to go on with. A line says method, host and path, never a query or a header.
    ///
    /// # Errors
    /// The writer fails.
    pub fn print_log(&self, from: usize, patience: Duration, out: &mut dyn Write) -> io::Result<usize> {
        self.log.print(from, patience, out)
    }

    /// Serves and prints a line for each request until the process ends or the writer fails.
    ///
    /// # Errors
    /// The writer fails, or the server's thread has ended.
    pub fn serve_forever(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut next = 0;
        while self.thread.as_ref().is_some_and(|t| !t.is_finished()) {
            next = self.print_log(next, Duration::from_millis(500), out)?;
        }
        Err(io::Error::other("the server of the made-up web has stopped"))
    }
}

impl Drop for DemoWeb {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // When nobody listens any more the thread has ended already.
            let _sent: Result<(), ()> = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was its own; there is nothing left to stop.
            let _joined: std::thread::Result<()> = thread.join();
        }
    }
}

async fn accept(listener: tokio::net::TcpListener, routes: Arc<Routes>, log: Arc<Log>) {
    loop {
        match listener.accept().await {
            Ok((stream, remote)) => {
                tokio::spawn(connection::serve(stream, remote, Arc::clone(&routes), Arc::clone(&log)));
            }
            // Too many open files, or a caller who was gone at once: go on after a breath.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

fn explain(port: u16, error: &io::Error) -> io::Error {
    let what = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} of this computer is already in use; give another, or 0 for any free one")
        }
        io::ErrorKind::PermissionDenied => {
            format!("port {port} of this computer may not be used; give one from 1024 up, or 0 for any free one")
        }
        _ => format!("port {port} of this computer cannot be opened: {error}"),
    };
    io::Error::new(error.kind(), what)
}

//! Load: a steady rate of requests on a running server with a large vault, and
//! one writer beside them.
//!
//! Starts `vouch serve` on the vault that `VOUCH_VAULT` names, or makes a large
//! one in a temporary folder, and asks for the pages in turn at a fixed rate
//! from several connections, whatever the answers take: a request is measured
//! from the moment when it was due, so that a server that falls behind cannot
//! hide it. Meanwhile one writer logs a line each second.
//!
//! Prints, per page, how often it was asked for, errors, p50, p95, p99 and the
//! longest; ends with exit code 1 where anything failed.
//!
//! ```text
//! cargo bench -p app --bench load
//! cargo bench -p app --bench load -- --rate 100 --seconds 20
//! ```

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const PEOPLE: &str = "10000";
const INTERACTIONS: &str = "100000";

/// Connections that ask, as a browser with some tabs would hold.
const N_READERS: usize = 8;

/// The pause between two writes.
const WRITE_EACH: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let (rate, seconds) = (number("--rate", 50), number("--seconds", 60));
    match measure(rate, seconds) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(n) => {
            println!("{n} requests failed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::from(2)
        }
    }
}

/// Returns the number after an option on the command line.
fn number(option: &str, usual: usize) -> usize {
    let mut args = std::env::args().skip_while(|it| it != option);
    args.nth(1).and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// What was measured of one page.
#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    n_failed: usize,
}

/// Runs the load, prints what came of it, and returns how many requests failed.
fn measure(rate: usize, seconds: usize) -> io::Result<usize> {
    let made = tempfile::tempdir()?;
    let vault = match std::env::var_os("VOUCH_VAULT") {
        Some(folder) => PathBuf::from(folder),
        None => large_vault(made.path())?,
    };
    let server = Server::start(&vault)?;
    let pages = server.pages()?;
    // The first answers fill caches, as a start of the day does.
    for (_, path) in &pages {
        Connection::to(&server).get(path)?;
    }

    let measured: Mutex<BTreeMap<&str, Measured>> = Mutex::default();
    let next = AtomicUsize::new(0);
    let n_requests = rate * seconds;
    let begun = Instant::now();
    let due = |i: usize| Duration::from_secs_f64(i as f64 / rate as f64);
    std::thread::scope(|scope| {
        for _ in 0..N_READERS {
            scope.spawn(|| {
                let mut connection = Connection::to(&server);
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= n_requests {
                        break;
                    }
                    std::thread::sleep(due(i).saturating_sub(begun.elapsed()));
                    let (name, path) = &pages[i % pages.len()];
                    let done = connection.get(path);
                    note(&measured, name, &done, begun.elapsed() - due(i));
                }
            });
        }
        scope.spawn(|| {
            let mut connection = Connection::to(&server);
            let end = Duration::from_secs(seconds as u64);
            for i in 0.. {
                let at = WRITE_EACH * i;
                if at >= end {
                    break;
                }
                std::thread::sleep(at.saturating_sub(begun.elapsed()));
                let line = format!("line=call+with+Dr.+Asha+Loadwriter%2C+note+{i}");
                let written = connection.post("/log", &line);
                note(
                    &measured,
                    "(write: log a line)",
                    &written,
                    begun.elapsed() - at,
                );
            }
        });
    });
    let measured = measured.into_inner().unwrap_or_else(|it| it.into_inner());
    Ok(print(&measured, begun.elapsed()))
}

fn note<'a>(
    measured: &Mutex<BTreeMap<&'a str, Measured>>,
    name: &'a str,
    done: &io::Result<()>,
    took: Duration,
) {
    let Ok(mut measured) = measured.lock() else {
        return;
    };
    let page = measured.entry(name).or_default();
    match done {
        Ok(()) => page.times.push(took),
        Err(error) => {
            if page.n_failed == 0 {
                eprintln!("{name}: {error}");
            }
            page.n_failed += 1;
        }
    }
}

/// Prints a line a page, and returns how many requests failed.
fn print(measured: &BTreeMap<&str, Measured>, took: Duration) -> usize {
    println!(
        "{:<22} {:>7} {:>7} {:>8} {:>8} {:>8} {:>8}",
        "page", "asked", "failed", "p50 ms", "p95 ms", "p99 ms", "max ms"
    );
    let mut all = Measured::default();
    for (name, page) in measured {
        print_line(name, page);
        all.times.extend(&page.times);
        all.n_failed += page.n_failed;
    }
    print_line("all", &all);
    let n = all.times.len() + all.n_failed;
    println!("{:.1} requests a second", n as f64 / took.as_secs_f64());
    all.n_failed
}

fn print_line(name: &str, page: &Measured) {
    let mut times = page.times.clone();
    times.sort_unstable();
    let at = |part: f64| {
        let rank = (part * times.len() as f64).ceil() as usize;
        let time = times.get(rank.saturating_sub(1)).copied();
        time.map_or("-".to_owned(), |it| {
            format!("{:.1}", it.as_secs_f64() * 1_000.0)
        })
    };
    println!(
        "{name:<22} {:>7} {:>7} {:>8} {:>8} {:>8} {:>8}",
        times.len() + page.n_failed,
        page.n_failed,
        at(0.50),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

fn large_vault(folder: &Path) -> io::Result<PathBuf> {
    let vault = folder.join("vault");
    eprintln!("making a vault of {PEOPLE} people and {INTERACTIONS} interactions");
    let made = Command::new(env!("CARGO_BIN_EXE_vouch"))
        .arg("--vault")
        .arg(&vault)
        .args(["demo", "--people", PEOPLE, "--interactions", INTERACTIONS])
        .stdout(Stdio::null())
        .status()?;
    if made.success() {
        Ok(vault)
    } else {
        Err(io::Error::other("the large vault could not be made"))
    }
}

/// A server of our own, which ends with the measurement.
struct Server {
    child: Child,
    port: u16,
    cookie: String,
}

impl Server {
    fn start(vault: &Path) -> io::Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vouch"))
            .arg("--vault")
            .arg(vault)
            .args(["serve", "--no-browser"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let address = line.trim().split_once("127.0.0.1:").map(|it| it.1);
        let parts = address.and_then(|it| it.split_once("/?token="));
        let Some((Ok(port), token)) = parts.map(|(port, token)| (port.parse::<u16>(), token))
        else {
            let _ = child.kill();
            return Err(io::Error::other(format!("no address in {line:?}")));
        };
        Ok(Self {
            child,
            port,
            cookie: format!("vouch_{port}={token}"),
        })
    }

    /// Returns the pages that are asked for, by the names of the budgets.
    fn pages(&self) -> io::Result<Vec<(&'static str, String)>> {
        let people = Connection::to(self).read("/people")?;
        let person = first(&people, "<a href=\"/people/", "/people/");
        let programs = Connection::to(self).read("/programs")?;
        let program = first(&programs, "<a href=\"/programs/", "/programs/");
        Ok(vec![
            ("Today", "/".to_owned()),
            ("people", "/people".to_owned()),
            ("person", person),
            ("search", "/search?q=sol".to_owned()),
            ("program", program),
            ("palette", "/palette?q=so".to_owned()),
            ("programs", "/programs".to_owned()),
            ("history", "/history".to_owned()),
        ])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the first address that begins so and ends with an id.
fn first(page: &str, before: &str, path: &str) -> String {
    let ids = page.split(before).skip(1);
    let ids = ids.filter_map(|it| it.split('"').next());
    let id = ids
        .map(|it| it.split(['?', '#']).next().unwrap_or_default())
        .find(|it| it.len() >= 8 && !it.contains('/'));
    format!("{path}{}", id.unwrap_or_default())
}

/// A connection that is kept open, and opened again where the server closed it.
struct Connection<'a> {
    server: &'a Server,
    stream: Option<BufReader<TcpStream>>,
}

impl<'a> Connection<'a> {
    fn to(server: &'a Server) -> Self {
        Self {
            server,
            stream: None,
        }
    }

    fn get(&mut self, path: &str) -> io::Result<()> {
        self.send("GET", path, "").map(drop)
    }

    fn read(&mut self, path: &str) -> io::Result<String> {
        self.send("GET", path, "")
    }

    fn post(&mut self, path: &str, form: &str) -> io::Result<()> {
        self.send("POST", path, form).map(drop)
    }

    /// Sends a request; once more where a kept connection had ended meanwhile.
    fn send(&mut self, method: &str, path: &str, form: &str) -> io::Result<String> {
        let was_kept = self.stream.is_some();
        let answer = self.try_send(method, path, form);
        if answer.is_err() {
            self.stream = None;
        }
        match answer {
            // A write is never sent twice.
            Err(_) if was_kept && method == "GET" => self.try_send(method, path, form),
            other => other,
        }
    }

    fn try_send(&mut self, method: &str, path: &str, form: &str) -> io::Result<String> {
        let port = self.server.port;
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => none.insert(BufReader::new(TcpStream::connect(("127.0.0.1", port))?)),
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\
             \r\nAccept: text/html\r\nCookie: {}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.server.cookie,
            form.len()
        );
        stream.get_mut().write_all(request.as_bytes())?;

        let mut status = String::new();
        stream.read_line(&mut status)?;
        let mut n_bytes = 0;
        let mut closes = false;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(length) = line.strip_prefix("content-length:") {
                n_bytes = length.trim().parse().map_err(io::Error::other)?;
            }
            closes |= line == "connection: close";
        }
        let mut body = vec![0; n_bytes];
        stream.read_exact(&mut body)?;
        if closes {
            self.stream = None;
        }
        let expected = if method == "GET" { " 200 " } else { " 303 " };
        if !status.contains(expected) {
            return Err(io::Error::other(format!(
                "{method} {path}: {}",
                status.trim()
            )));
        }
        Ok(String::from_utf8_lossy(&body).into_owned())
    }
}

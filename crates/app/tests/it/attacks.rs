//! Attacks on the real server, byte by byte on its socket, as other pages and
//! other programs of this computer could try them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::web::serve;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::web_support::pages_of_an_empty_vault;

/// A server on a vault of its own; it stops when dropped.
struct Server {
    port: u16,
    token: String,
    _stop: oneshot::Sender<()>,
    vault: TempDir,
}

impl Server {
    async fn start() -> Self {
        let bound = serve::bind(0).await.expect("a free port");
        let (port, token) = (bound.guard().port(), bound.guard().token().to_owned());
        let (stop, stopped) = oneshot::channel();
        let (pages, vault) = pages_of_an_empty_vault();
        tokio::spawn(bound.serve(pages, async {
            let _ = stopped.await;
        }));
        Self {
            port,
            token,
            _stop: stop,
            vault,
        }
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.port)
    }

    fn cookie(&self) -> String {
        format!("Cookie: vouch_{}={}", self.port, self.token)
    }

    fn origin(&self) -> String {
        format!("Origin: http://127.0.0.1:{}", self.port)
    }

    async fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await;
        stream.expect("the server listens")
    }

    /// Sends a request line with these headers and a form.
    async fn ask(&self, line: &str, headers: &[&str], form: &str) -> String {
        let length = form.len();
        let head = headers.join("\r\n");
        let request = format!(
            "{line} HTTP/1.1\r\n{head}\r\nAccept: text/html\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: \
             close\r\n\r\n{form}"
        );
        self.bytes(request.as_bytes()).await
    }

    /// Sends bytes, and returns all that comes before the server hangs up.
    async fn bytes(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        // Whoever is refused early is hung up on while still sending.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Tells whether somebody called Mallory is stored.
    async fn knows_mallory(&self) -> bool {
        let page = self
            .ask("GET /set-up", &[&self.host(), &self.cookie()], "")
            .await;
        assert!(status(&page) == "200", "{page}");
        page.contains("Mallory")
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

const CHANGE: &str = "name=Mallory&stage=MS3&school=SGU";

#[tokio::test]
async fn a_name_that_was_rebound_to_this_computer_gets_nothing() {
    let server = Server::start().await;
    let (cookie, port) = (server.cookie(), server.port);
    for host in [
        format!("Host: evil.example:{port}"),
        "Host: evil.example".to_owned(),
        format!("Host: 127.0.0.1.evil.example:{port}"),
        format!("Host: 0.0.0.0:{port}"),
        format!("Host: 127.0.0.1:{port}@evil.example"),
        format!("Host: 127.0.0.1:{port}\r\nHost: evil.example"),
        format!("X-Forwarded-Host: 127.0.0.1:{port}\r\nHost: evil.example"),
    ] {
        let token = format!("GET /?token={}", server.token);
        for line in ["GET /people", token.as_str(), "GET /palette?q="] {
            let answer = server.ask(line, &[&host, &cookie], "").await;
            assert!(
                ["403", "400"].contains(&status(&answer)),
                "{host}: {answer}"
            );
            assert!(
                !answer.to_ascii_lowercase().contains("set-cookie"),
                "{answer}"
            );
        }
    }
    // An address in absolute form, as to a proxy.
    let line = format!("GET http://evil.example:{port}/people");
    let answer = server.ask(&line, &[&server.host(), &cookie], "").await;
    assert_eq!(status(&answer), "403", "{answer}");
    let own = server
        .ask("GET /people", &[&server.host(), &cookie], "")
        .await;
    assert_eq!(status(&own), "200", "the same with our own name: {own}");
}

#[tokio::test]
async fn a_missing_token_or_one_from_another_port_opens_no_page() {
    let server = Server::start().await;
    let other = Server::start().await;
    let (host, port) = (server.host(), server.port);
    for cookie in [
        "X-None: 1".to_owned(),
        other.cookie(),
        format!("Cookie: vouch_{port}={}", other.token),
        format!("Cookie: vouch_{}={}", other.port, server.token),
        format!("Authorization: Bearer {}", server.token),
        format!("Cookie: vouch_{port}"),
    ] {
        for line in ["GET /people", "GET /export/vouch.json", "POST /quit"] {
            let answer = server
                .ask(line, &[&host, &cookie, &server.origin()], "")
                .await;
            assert_eq!(status(&answer), "403", "{line}, {cookie}: {answer}");
            assert!(!answer.contains(&server.token), "{answer}");
        }
    }
    assert!(!server.knows_mallory().await, "and it still runs");
}

#[tokio::test]
async fn a_stolen_cookie_alone_changes_nothing_from_another_page() {
    let server = Server::start().await;
    let (host, cookie, own) = (server.host(), server.cookie(), server.origin());
    for from in [
        "X-None: 1",
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:1",
        "Origin: http://localhost:1\r\nSec-Fetch-Site: same-site",
        "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate",
        &format!("{own}\r\nSec-Fetch-Site: cross-site"),
        &format!("{own}\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors"),
        "Referer: http://127.0.0.1/set-up",
    ] {
        for line in ["POST /set-up", "PUT /set-up", "POST /quit"] {
            let answer = server.ask(line, &[&host, &cookie, from], CHANGE).await;
            assert_eq!(status(&answer), "403", "{line}, {from}: {answer}");
        }
    }
    // A picture, a script and a fetch of another page learn nothing either.
    for mode in ["no-cors", "cors", "websocket"] {
        let from = format!("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: {mode}");
        let answer = server
            .ask("GET /people", &[&host, &cookie, &from], "")
            .await;
        assert_eq!(status(&answer), "403", "{answer}");
        assert!(
            !answer.to_ascii_lowercase().contains("access-control-"),
            "{answer}"
        );
    }
    // Nor does a request before the request.
    let asked = "Access-Control-Request-Method: POST\r\nOrigin: https://evil.example";
    let answer = server
        .ask("OPTIONS /set-up", &[&host, &cookie, asked], "")
        .await;
    assert!(
        !answer.to_ascii_lowercase().contains("access-control-"),
        "{answer}"
    );
    assert!(
        !server.knows_mallory().await,
        "nothing was changed, and it still runs"
    );
    server
        .ask("POST /set-up", &[&host, &cookie, &own], CHANGE)
        .await;
    assert!(server.knows_mallory().await, "the same from our own page");
}

#[tokio::test]
async fn no_answer_can_be_put_into_a_frame() {
    let server = Server::start().await;
    let (host, cookie) = (server.host(), server.cookie());
    for (line, cookie) in [
        ("GET /", cookie.as_str()),
        ("GET /vault", &cookie),
        ("GET /nowhere", &cookie),
        ("GET /", "X-None: 1"),
        ("GET /export/vouch.json", &cookie),
    ] {
        let answer = server
            .ask(line, &[&host, cookie], "")
            .await
            .to_ascii_lowercase();
        assert!(
            answer.contains("x-frame-options: deny\r\n"),
            "{line}: {answer}"
        );
        assert!(
            answer.contains("frame-ancestors 'none'"),
            "{line}: {answer}"
        );
    }
}

#[tokio::test]
async fn tricks_with_a_path_lead_to_no_file() {
    let server = Server::start().await;
    let (host, cookie) = (server.host(), server.cookie());
    let key = std::fs::read_to_string(server.vault.path().join("vouch.key")).expect("a key");
    let up = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..%252f",
        "%252e%252e%252f",
        "..%5c",
        "..\\",
        "....//",
        "%c0%ae%c0%ae/",
        "..%00/",
    ];
    for folder in ["/static/1", "/static", "/vault/backups", "/export/csv", ""] {
        for up in up {
            for file in ["vouch.key", "vouch.key%00.css", "vouch.db"] {
                let line = format!("GET {folder}/{}{file}", up.repeat(2));
                let answer = server.ask(&line, &[&host, &cookie], "").await;
                assert!(
                    ["400", "403", "404", "422"].contains(&status(&answer)),
                    "{line}: {answer}"
                );
                assert!(
                    !answer.contains(&key) && !answer.contains("root:"),
                    "{line}"
                );
            }
        }
    }
    // The token leads to no other host.
    for path in ["//evil.example/", "/\\evil.example/", "///evil.example"] {
        let line = format!("GET {path}?token={}", server.token);
        let answer = server.ask(&line, &[&host], "").await.to_ascii_lowercase();
        assert!(!answer.contains("location: //"), "{answer}");
        assert!(!answer.contains("location: /\\"), "{answer}");
    }
}

#[tokio::test]
async fn half_a_request_on_very_many_connections_starves_nobody() {
    let server = Server::start().await;
    let begun = Instant::now();
    let mut waiting = Vec::new();
    for _ in 0..300 {
        let mut stream = server.connect().await;
        stream
            .write_all(b"GET / HTTP/1.1\r\nHo")
            .await
            .expect("sent");
        waiting.push(stream);
    }
    for _ in 0..5 {
        let answer = server
            .ask("GET /", &[&server.host(), &server.cookie()], "")
            .await;
        assert_eq!(status(&answer), "200", "{answer}");
    }
    // Not because the time of their heads was over.
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    drop(waiting);
}

#[tokio::test]
async fn heads_and_bodies_that_are_too_large_are_refused_and_others_go_on() {
    let server = Arc::new(Server::start().await);
    let (host, cookie, own) = (server.host(), server.cookie(), server.origin());
    let long = format!("X-Long: {}", "a".repeat(2 << 20));
    let many: Vec<String> = (0..2_000).map(|i| format!("X-{i}: 1")).collect();
    for headers in [long, many.join("\r\n")] {
        let answer = server.ask("GET /", &[&host, &cookie, &headers], "").await;
        assert_ne!(status(&answer), "200", "{answer}");
    }
    let line = format!("GET /?q={}", "a".repeat(2 << 20));
    let answer = server.ask(&line, &[&host, &cookie], "").await;
    assert_ne!(status(&answer), "200", "{answer}");
    let large = format!("name=Mallory{}&stage=MS3", "a".repeat(5 << 20));
    let answer = server
        .ask("POST /set-up", &[&host, &cookie, &own], &large)
        .await;
    assert_ne!(status(&answer), "303", "{answer}");
    // A length that lies, two lengths, and a length beside chunks.
    for framing in [
        "Content-Length: 99999999999",
        "Content-Length: 3\r\nContent-Length: 40",
        "Content-Length: -1",
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
    ] {
        let request = format!(
            "POST /set-up HTTP/1.1\r\n{host}\r\n{cookie}\r\n{own}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\n{framing}\r\nConnection: close\r\n\r\n\
             0\r\n\r\nPOST /quit HTTP/1.1\r\n{host}\r\n\r\n"
        );
        let answer = server.bytes(request.as_bytes()).await;
        assert_ne!(status(&answer), "200", "{framing}: {answer}");
        assert!(
            !answer.contains("You may close this tab"),
            "{framing}: {answer}"
        );
    }
    assert!(!server.knows_mallory().await);
}

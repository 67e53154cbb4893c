//! The server on a real socket: loopback only, patient with nobody, and gone
//! when it is told to stop.

use app::web::serve;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::web_support::pages_of_an_empty_vault;

struct Server {
    port: u16,
    address: String,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
    _vault: TempDir,
}

async fn server() -> Server {
    let bound = serve::bind(0).await.expect("a free port");
    let (port, address) = (bound.guard().port(), bound.guard().address());
    let (stop, stopped) = oneshot::channel();
    let (pages, vault) = pages_of_an_empty_vault();
    let ended = tokio::spawn(bound.serve(pages, async {
        // A dropped sender means stop as well.
        let _ = stopped.await;
    }));
    Server {
        port,
        address,
        stop,
        ended,
        _vault: vault,
    }
}

/// Sends `text` as it is and reads until the server closes the connection.
async fn exchange(port: u16, text: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("the server listens");
    stream
        .write_all(text.as_bytes())
        .await
        .expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("text");
    answer
}

#[tokio::test]
async fn the_printed_address_lets_the_student_in() {
    let server = server().await;
    let origin = format!("http://127.0.0.1:{}", server.port);
    let path = server
        .address
        .strip_prefix(&origin)
        .expect("the address is ours");
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
        server.port
    );
    let answer = exchange(server.port, &request).await.to_ascii_lowercase();
    assert!(answer.starts_with("http/1.1 303"), "{answer}");
    assert!(
        answer.contains(&format!("set-cookie: vouch_{}=", server.port)),
        "{answer}"
    );
    assert!(answer.contains("location: /\r\n"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_request_that_never_ends_its_head_is_cut_off() {
    let server = server().await;
    let answer = exchange(server.port, "GET / HTTP/1.1\r\nHost: 127.0.0.1").await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let server = server().await;
    let error = serve::bind(server.port)
        .await
        .expect_err("the port is taken")
        .to_string();
    assert!(
        error.contains(&format!("127.0.0.1:{}", server.port)),
        "{error}"
    );
}

#[tokio::test]
async fn it_stops_when_told_even_with_an_idle_connection() {
    let server = server().await;
    let idle = TcpStream::connect(("127.0.0.1", server.port))
        .await
        .expect("the server listens");
    server.stop.send(()).expect("the server waits");
    server.ended.await.expect("no panic");
    assert!(
        TcpStream::connect(("127.0.0.1", server.port))
            .await
            .is_err()
    );
    drop(idle);
}

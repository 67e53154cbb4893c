//! The frame of every page, the error pages, and the limits.

use std::time::Duration;

use app::web::body::{LARGE_BODY_BYTES, SMALL_BODY_BYTES, limit_in};
use app::web::layout::{NAV, NavItem};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode};
use axum::middleware::from_fn;
use axum::routing::post;
use tower::ServiceExt;

use crate::web_support::Shell;

fn nav_items() -> impl Iterator<Item = &'static NavItem> {
    NAV.iter().flat_map(|group| group.items)
}

#[tokio::test]
async fn a_page_has_one_heading_a_main_part_and_the_navigation() {
    let page = Shell::new().open("/styleguide").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let text = page.text;
    assert_eq!(text.matches("<h1").count(), 1);
    assert_eq!(text.matches("<main").count(), 1);
    assert!(text.contains("<title>Style guide · Vouch</title>"));
    assert!(text.contains("href=\"#main\"") && text.contains("id=\"main\""));
    for item in nav_items() {
        assert!(
            text.contains(&format!("<a href=\"{}\"", item.href)),
            "{}",
            item.label
        );
    }
    assert!(text.contains("<a href=\"/people\" aria-current=\"page\""));
    assert!(!text.contains("class=\"toast\""), "nothing was done yet");
}

#[test]
fn shortcuts_of_the_navigation_differ() {
    let keys: Vec<char> = nav_items().filter_map(|item| item.key).collect();
    for key in &keys {
        assert_eq!(keys.iter().filter(|it| it == &key).count(), 1, "{key}");
    }
}

#[tokio::test]
async fn a_toast_says_what_was_done_and_posts_the_undo() {
    let page = Shell::new().open("/styleguide?done=1").await.text;
    assert!(page.contains("Logged a call with Dr. Maya Rao."), "{page}");
    assert!(page.contains("<form method=\"post\" action=\"/styleguide/done\"><button class=\"button small\" type=\"submit\">Undo"));
}

#[tokio::test]
async fn the_palette_answers_with_places() {
    let answer = Shell::new().open("/palette?q=PROG").await;
    let entries: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    let expected = serde_json::json!(
        { "title": "Programs", "kind": "page", "href": "/programs", "hint": "g r" }
    );
    assert_eq!(entries[0], expected);
    let deeds = [
        "undo",
        "quit",
        "dark",
        "colours",
        "shortcuts",
        "lock",
        "passphrase",
        "backup",
        "restore",
        "recovery",
        "merge",
        "minutes",
        "rhythm",
        "rotation",
        "roster",
        "new person",
    ];
    let frame = Shell::new().open("/").await.text;
    for deed in deeds {
        let found = Shell::new()
            .open(&format!("/palette?q={}", deed.replace(' ', "+")))
            .await;
        let entries: serde_json::Value = serde_json::from_str(&found.text).expect("JSON");
        let href = entries[0]["href"].as_str();
        let href = href.unwrap_or_else(|| panic!("nothing for \"{deed}\""));
        let page = match href.strip_prefix('#') {
            Some(deed) => {
                assert!(frame.contains(&format!("data-do=\"{deed}\"")), "{deed}");
                continue;
            }
            None => Shell::new().open(href).await,
        };
        assert_eq!(page.status, StatusCode::OK, "{href}");
        if let Some((_, place)) = href.split_once('#') {
            assert!(page.text.contains(&format!("id=\"{place}\"")), "{href}");
        }
    }
    let all = Shell::new().open("/palette").await;
    assert!(all.text.contains("\"Today\"") && all.text.contains("\"Help\""));
}

#[tokio::test]
async fn the_live_check_answers_with_a_fragment() {
    let shell = Shell::new();
    let check = async |body: &'static str| {
        let request = shell
            .own(Method::POST, "/styleguide/check")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body));
        shell.send(request.expect("well formed")).await.text
    };
    let left = check("text=Dear+%5Bname%5D").await;
    assert!(
        left.contains("A placeholder is left") && !left.contains("<html"),
        "{left}"
    );
    assert!(check("text=Dear+Dr.+Rao").await.contains("Ready"));
}

#[tokio::test]
async fn errors_are_pages_with_a_way_on() {
    let shell = Shell::new();
    for (method, path, expected) in [
        (Method::GET, "/nowhere", StatusCode::NOT_FOUND),
        (Method::GET, "/nowhere/%3Cscript%3E", StatusCode::NOT_FOUND),
        (Method::DELETE, "/page", StatusCode::METHOD_NOT_ALLOWED),
        (
            Method::POST,
            "/styleguide/check",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (Method::GET, "/panic", StatusCode::INTERNAL_SERVER_ERROR),
    ] {
        let request = shell
            .own(method, path)
            .body(Body::from("x"))
            .expect("well formed");
        let answer = shell.send(request).await;
        assert_eq!(answer.status, expected, "{path}");
        assert!(
            answer.text.contains("<h1>") && answer.text.contains("Go to Today"),
            "{path}"
        );
        assert!(!answer.text.contains("<script>"), "{path}");
    }
}

#[tokio::test]
async fn a_panic_keeps_its_words_to_itself() {
    let answer = Shell::new().open("/panic").await;
    assert!(!answer.text.contains("Dr. Rao"), "{}", answer.text);
}

#[tokio::test]
async fn a_script_gets_short_text_and_no_page() {
    let shell = Shell::new();
    let mut request = shell
        .own(Method::GET, "/panic")
        .body(Body::empty())
        .expect("well formed");
    request
        .headers_mut()
        .insert("accept", "*/*".parse().expect("a header"));
    let answer = shell.send(request).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!answer.text.contains("<html"), "{}", answer.text);
}

#[tokio::test]
async fn a_form_takes_some_megabytes_and_a_file_route_more() {
    let shell = Shell::new();
    let send = async |path: &str, n_bytes: usize| {
        let request = shell
            .own(Method::POST, path)
            .body(Body::from(vec![b'x'; n_bytes]));
        shell.send(request.expect("well formed")).await
    };
    assert_eq!(send("/echo", SMALL_BODY_BYTES).await.status, StatusCode::OK);
    let refused = send("/echo", SMALL_BODY_BYTES + 1).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(
        refused.text.contains("That is too large"),
        "{}",
        refused.text
    );

    let taken = send("/file", SMALL_BODY_BYTES + 1).await;
    assert_eq!(
        (taken.status, taken.text),
        (StatusCode::OK, (SMALL_BODY_BYTES + 1).to_string())
    );
    assert_eq!(
        send("/file", LARGE_BODY_BYTES + 1).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn a_body_that_only_claims_to_be_huge_is_refused_at_once() {
    let shell = Shell::new();
    let request = shell
        .own(Method::POST, "/file")
        .header("content-length", (LARGE_BODY_BYTES + 1).to_string())
        .body(Body::empty())
        .expect("well formed");
    assert_eq!(
        shell.send(request).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test(start_paused = true)]
async fn a_body_that_drips_is_cut_off() {
    let router = Router::new()
        .route("/", post(async |_: Bytes| "all of it"))
        .layer(from_fn(|request, next| {
            limit_in(Duration::from_secs(60), request, next)
        }));
    let drip = |n_bytes: u32| {
        Body::new(http_body_util::StreamBody::new(futures_drip::bytes(
            n_bytes,
        )))
    };

    let quick = Request::post("/").body(drip(3)).expect("well formed");
    let Ok(answer) = router.clone().oneshot(quick).await;
    assert_eq!(answer.status(), StatusCode::OK);

    let slow = Request::post("/").body(drip(1000)).expect("well formed");
    let Ok(answer) = router.oneshot(slow).await;
    assert_eq!(answer.status(), StatusCode::REQUEST_TIMEOUT);
}

/// A stream that gives one byte each second.
mod futures_drip {
    use std::convert::Infallible;
    use std::time::Duration;

    use axum::body::Bytes;
    use futures_util::Stream;
    use http_body::Frame;

    pub(super) fn bytes(n_bytes: u32) -> impl Stream<Item = Result<Frame<Bytes>, Infallible>> {
        futures_util::stream::unfold(0, move |n_sent| async move {
            if n_sent == n_bytes {
                return None;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok(Frame::data(Bytes::from_static(b"x"))), n_sent + 1))
        })
    }
}

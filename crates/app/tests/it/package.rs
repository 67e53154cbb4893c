//! What a student is handed: packed, unpacked and started in an empty home,
//! without a terminal, then stopped from the page.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Packs the program under test, as quickly as goes; `None` where a tool of the
/// script is absent.
fn packed(folder: &Path) -> Option<Vec<PathBuf>> {
    let is_there = |tool: &str| Command::new(tool).arg("-v").output().is_ok();
    if !is_there("zip") || !is_there("unzip") {
        println!("skipped: packing, because there is no zip and unzip here");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/package");
    let out = Command::new(script)
        .arg(env!("CARGO_BIN_EXE_vouch"))
        .arg(folder)
        .env("ZIPOPT", "-0")
        .env("DPKG_DEB_COMPRESSOR_TYPE", "none")
        .output()
        .expect("it runs");
    assert!(out.status.success(), "{}", text(&out.stderr));
    let paths = text(&out.stdout).lines().map(PathBuf::from).collect();
    Some(paths)
}

#[test]
fn a_file_that_is_not_vouch_is_not_packed() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/package");
    for (binary, found) in [
        ("/no/such/file", "found no program at /no/such/file"),
        ("/", "found no program at /"),
        ("/bin/false", "found a program that is not vouch at"),
        ("/bin/echo", "found a program that is not vouch at"),
    ] {
        let out = Command::new(&script)
            .arg(binary)
            .arg(folder.path())
            .output()
            .expect("it runs");
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{binary}: {said}");
        if !said.contains("found no zip") {
            assert!(said.starts_with(&format!("package: {found}")), "{said}");
        }
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Returns the program and arguments of a desktop file, as its specification
/// reads them: escapes of the string first, then quotes, then `%k`.
fn command_of(desktop: &Path) -> Vec<String> {
    let file = fs::read_to_string(desktop).expect("a desktop file");
    let line = file.lines().find_map(|it| it.strip_prefix("Exec="));
    let line = line.expect("a command").replace("\\\\", "\\");
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => word.extend(letters.next()),
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    let itself = desktop.to_str().expect("a path in UTF-8");
    words
        .iter()
        .map(|it| it.replace("%k", itself).replace("%%", "%"))
        .collect()
}

/// A home where nothing is yet, and a browser that only notes what it opens.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let programs = folder.path().join("programs");
        fs::create_dir(&programs).expect("made");
        let browser = programs.join("xdg-open");
        fs::write(
            &browser,
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >>\"$HOME/opened\"\n",
        )
        .expect("written");
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("allowed");
        fs::create_dir(folder.path().join("home")).expect("made");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("home").join(name)
    }

    /// Starts what a desktop file says.
    fn double_click(&self, desktop: &Path) -> Started {
        let words = command_of(desktop);
        let programs = self.folder.path().join("programs");
        let child = Command::new(&words[0])
            .args(&words[1..])
            .env_clear()
            .env("HOME", self.path(""))
            .env("PATH", format!("{}:/usr/bin:/bin", programs.display()))
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Started(Some(child.expect("it runs")))
    }

    /// Returns the addresses that the browser has opened.
    fn opened(&self) -> Vec<String> {
        let file = fs::read_to_string(self.path("opened")).unwrap_or_default();
        file.lines().map(str::to_owned).collect()
    }
}

/// A start that ends with the test, however that ends.
struct Started(Option<Child>);

impl Started {
    fn ended(mut self) -> Output {
        let child = self.0.take().expect("it was started");
        child.wait_with_output().expect("it ends")
    }

    /// Waits until the browser was opened so often, or the start failed.
    fn opens(&mut self, home: &Home, times: usize) {
        while home.opened().len() < times {
            let child = self.0.as_mut().expect("it was started");
            let ended = child.try_wait().expect("it can be asked");
            if ended.is_some_and(|it| !it.success()) {
                let out = self.0.take().expect("it was started").wait_with_output();
                panic!("{}", text(&out.expect("it ended").stderr));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn exchange(port: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("it listens");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("text");
    answer
}

fn unpack(zip: &Path, place: &Path) {
    let mut unzip = Command::new("unzip");
    let status = unzip.arg("-q").arg(zip).arg("-d").arg(place).status();
    assert!(status.expect("it runs").success());
}

#[test]
fn the_zip_starts_by_double_click_in_an_empty_home_and_stops_from_the_page() {
    let home = Home::new();
    let Some(paths) = packed(home.folder.path()) else {
        return;
    };
    let place = home.path("My \"things\" $HOME");
    unpack(&paths[0], &place);
    let folder = place.join("Vouch");
    assert!(folder.join("READ-ME.txt").exists());

    let mut first = home.double_click(&folder.join("Vouch.desktop"));
    first.opens(&home, 1);
    let address = home.opened().remove(0);
    let (port, token) = address
        .strip_prefix("http://127.0.0.1:")
        .and_then(|it| it.split_once("/?token="))
        .unwrap_or_else(|| panic!("{address}"));
    let own = format!(
        "Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
         Cookie: vouch_{port}={token}\r\nConnection: close\r\n"
    );
    let today = exchange(port, &format!("GET / HTTP/1.1\r\n{own}\r\n"));
    assert!(today.starts_with("HTTP/1.1 200"), "{today}");
    assert!(home.path(".local/share/vouch/vouch.db").exists());

    // The menu has it now, with a path that was quoted; that is a second start.
    let menu = home.path(".local/share/applications/vouch.desktop");
    let mut second = home.double_click(&menu);
    second.opens(&home, 2);
    assert!(second.ended().status.success());
    assert_eq!(home.opened(), [address.clone(), address.clone()]);

    let quit = format!("POST /quit HTTP/1.1\r\n{own}Content-Length: 0\r\n\r\n");
    let parting = exchange(port, &quit);
    assert!(parting.contains("You may close this tab"), "{parting}");
    let out = first.ended();
    assert!(out.status.success(), "{}", text(&out.stderr));
    assert!(!home.path(".local/share/vouch/pages.address").exists());
}

#[test]
fn a_start_that_fails_says_why() {
    let home = Home::new();
    let Some(paths) = packed(home.folder.path()) else {
        return;
    };
    let place = home.path("unpacked");
    unpack(&paths[0], &place);
    // The window is a program that writes what it shows.
    let window = home.folder.path().join("programs/zenity");
    fs::write(
        &window,
        "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$HOME/shown\"\n",
    )
    .expect("written");
    fs::set_permissions(&window, fs::Permissions::from_mode(0o755)).expect("allowed");
    // A file lies where the folder of the vault should be.
    fs::create_dir_all(home.path(".local/share")).expect("made");
    fs::write(home.path(".local/share/vouch"), "").expect("written");
    let out = home
        .double_click(&place.join("Vouch/Vouch.desktop"))
        .ended();
    assert_eq!(out.status.code(), Some(2));
    let shown = fs::read_to_string(home.path("shown")).expect("a window");
    assert!(shown.contains("cannot make the folder"), "{shown}");
}

#[test]
fn the_deb_holds_the_program_its_entry_in_the_menu_and_its_icon() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(paths) = packed(folder.path()) else {
        return;
    };
    let [_, package] = &paths[..] else {
        println!("skipped: the .deb, because there is no dpkg-deb here");
        return;
    };
    let root = folder.path().join("root");
    let unpacked = Command::new("dpkg-deb")
        .arg("-x")
        .arg(package)
        .arg(&root)
        .status();
    assert!(unpacked.expect("it runs").success());
    let desktop = root.join("usr/share/applications/vouch.desktop");
    let command = command_of(&desktop).remove(0);
    assert!(root.join(command.trim_start_matches('/')).exists());
    assert!(
        root.join("usr/share/icons/hicolor/scalable/apps/vouch.svg")
            .exists()
    );
    let out = Command::new(root.join("usr/bin/vouch"))
        .arg("--version")
        .output();
    assert!(out.expect("it runs").status.success());
}

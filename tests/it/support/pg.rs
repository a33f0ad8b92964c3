//! Fresh databases for tests: an SQLite file and, where PostgreSQL is at hand, a database of a
//! private cluster that this process starts once (unprivileged, socket in a temporary folder, no
//! TCP) and that a watching shell stops and removes when the process ends, however it ends.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tempfile::TempDir;
use zhuchao::store::{Store, raw};

const REQUIRE: &str = "ZHUCHAO_TEST_REQUIRE_POSTGRES";
const NOBODY: u32 = 65534;

/// A fresh, migrated database. The folder goes after the store.
pub struct Fresh {
    pub name: &'static str,
    pub url: String,
    pub store: Store,
    pub folder: TempDir,
}

/// A fresh database of each kind that is at hand.
pub fn stores() -> Vec<Fresh> {
    let mut all = vec![sqlite()];
    all.extend(cluster().map(Cluster::fresh));
    all
}

/// A fresh SQLite database.
pub fn sqlite() -> Fresh {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("zhuchao.db");
    fs::write(&path, sqlite_template()).expect("the template is written");
    let url = format!("sqlite://{}", path.display());
    let store = Store::open(&url).expect("SQLite opens");
    Fresh {
        name: "sqlite",
        url,
        store,
        folder,
    }
}

/// A fresh PostgreSQL database, if PostgreSQL is at hand.
pub fn postgres() -> Option<Fresh> {
    cluster().map(Cluster::fresh)
}

fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = TempDir::new().expect("a temporary folder");
        let path = folder.path().join("template.db");
        let store = Store::open(&format!("sqlite://{}", path.display())).expect("SQLite opens");
        store.migrate().expect("SQLite migrates");
        drop(store);
        fs::read(&path).expect("the template is there")
    })
}

struct Cluster {
    socket: PathBuf,
    databases: AtomicU32,
    creating: Mutex<()>,
    /// Its standard input ends with this process; then it stops the server.
    _watch: Child,
}

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let started = CLUSTER.get_or_init(|| {
        let tools = if cfg!(feature = "postgres") {
            tools()
        } else {
            None
        };
        if tools.is_none() {
            say("PostgreSQL not found: store tests ran on SQLite only");
        }
        tools.map(|bin| Cluster::start(&bin))
    });
    let required = std::env::var(REQUIRE).is_ok_and(|v| v == "1");
    assert!(
        started.is_some() || !required,
        "{REQUIRE}=1, but PostgreSQL is not at hand"
    );
    started.as_ref()
}

/// Says a line that the test harness does not swallow.
pub fn say(line: &str) {
    let said = writeln!(std::io::stderr(), "{line}");
    said.expect("standard error is open");
}

/// The folder of initdb and pg_ctl: on the PATH, or the newest where packages put it.
fn tools() -> Option<PathBuf> {
    let has = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("pg_ctl").exists();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(has);
    on_path.or_else(|| {
        let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|e| Some((e.file_name().to_str()?.parse().ok()?, e.path().join("bin"))))
            .filter(|(_, bin)| has(bin))
            .collect();
        versions.sort();
        versions.pop().map(|(_, bin)| bin)
    })
}

impl Cluster {
    fn start(bin: &Path) -> Cluster {
        // Short: the path of a socket has at most 107 bytes.
        let folder = tempfile::Builder::new()
            .prefix("zc-pg-")
            .tempdir_in("/tmp")
            .expect("a folder for the cluster")
            .keep();
        let data = folder.join("data");
        if is_root(&folder) {
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("rights");
            chown(&folder, Some(NOBODY), Some(NOBODY)).expect("the folder changes hands");
        }
        let path = |p: &Path| p.to_string_lossy().into_owned();
        let options = format!(
            "-k {} -c listen_addresses= -c fsync=off -c full_page_writes=off \
             -c synchronous_commit=off -c max_connections=300 -c shared_buffers=64MB",
            path(&folder)
        );
        let init = [
            "-D",
            &path(&data),
            "-U",
            "zhuchao",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ];
        run(&folder, &bin.join("initdb"), &init);
        let log = path(&folder.join("log"));
        run(
            &folder,
            &bin.join("pg_ctl"),
            &[
                "-D",
                &path(&data),
                "-o",
                &options,
                "-l",
                &log,
                "-w",
                "start",
            ],
        );
        let watch = watch(&folder, &data);
        let cluster = Cluster {
            socket: folder,
            databases: AtomicU32::new(0),
            creating: Mutex::new(()),
            _watch: watch,
        };
        let admin = Store::open(&cluster.url("postgres")).expect("the cluster answers");
        raw::execute(&admin, "CREATE DATABASE template_zhuchao").expect("the template is created");
        let template = Store::open(&cluster.url("template_zhuchao")).expect("the template opens");
        template.migrate().expect("PostgreSQL migrates");
        cluster
    }

    fn url(&self, database: &str) -> String {
        let host = self.socket.to_string_lossy();
        format!("postgres:///{database}?host={host}&user=zhuchao")
    }

    fn fresh(&self) -> Fresh {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        {
            let _one_at_a_time = self.creating.lock().unwrap_or_else(PoisonError::into_inner);
            let admin = Store::open(&self.url("postgres")).expect("the cluster answers");
            let sql = format!("CREATE DATABASE {name} TEMPLATE template_zhuchao");
            raw::execute(&admin, &sql).expect("a database is created");
        }
        let url = self.url(&name);
        let store = Store::open(&url).expect("PostgreSQL opens");
        let folder = TempDir::new().expect("a temporary folder");
        Fresh {
            name: "postgres",
            url,
            store,
            folder,
        }
    }
}

fn is_root(mine: &Path) -> bool {
    fs::metadata(mine).expect("the folder is there").uid() == 0
}

/// Runs a tool of PostgreSQL; as nobody when this process is root, because PostgreSQL insists.
fn run(folder: &Path, tool: &Path, arguments: &[&str]) {
    let mut command = Command::new(tool);
    command
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    // A server that inherits a pipe would keep `output()` waiting for ever.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    if fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    let status = command.status().expect("a tool of PostgreSQL starts");
    assert!(
        status.success(),
        "{} {arguments:?}: {status}",
        tool.display()
    );
}

fn watch(folder: &Path, data: &Path) -> Child {
    let pid = fs::read_to_string(data.join("postmaster.pid")).expect("the server runs");
    let pid = pid
        .lines()
        .next()
        .expect("its first line is the process")
        .to_owned();
    let script = "read _; kill -INT \"$1\"; n=0; \
         while kill -0 \"$1\" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; \
         kill -9 \"$1\" 2>/dev/null; rm -rf \"$2\"";
    Command::new("sh")
        .args(["-c", script, "watch", &pid])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Not stopped together with the tests by a Ctrl-C.
        .process_group(0)
        .spawn()
        .expect("a shell starts")
}

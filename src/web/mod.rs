//! Pages and API: server-made HTML that works without JavaScript, JSON, files.
//! The table of routes is `routes.rs`; every answer passes `guard.rs`.
//!
//! Not here: decisions, storage (a [`BoardSource`] is passed in), the clock.

pub mod api;
pub mod assets;
pub mod body;
pub mod caller;
pub mod context;
pub mod cookie;
pub mod csrf;
pub mod doc;
pub mod drawer;
pub mod fault_words;
pub mod fields;
pub mod files;
pub mod format;
pub mod guard;
pub mod hosts;
pub mod limits;
pub mod links;
pub mod list;
pub mod listing;
pub mod nav;
pub mod openapi;
pub mod ordered;
pub mod pages;
pub mod peer;
pub mod portal;
pub mod queries;
pub mod refusal;
pub mod reply;
pub mod routes;
pub mod screen;
pub mod sheet;
pub mod show;
mod state;
pub mod tables;
pub mod trace;
pub mod words;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer};

use crate::acts::Desk;
use crate::acts::books::fence::Fence;
use crate::acts::papers::press::Press;
use crate::acts::people::again;
use crate::acts::view::source::BoardSource;
use crate::config::{Footer, Limits, Network};
use caller::Office;
use context::State;
use limits::Gate;

/// What the pages need to know to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Address and port; loopback unless the operator says otherwise. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Path under which a proxy serves the pages, for example `/zhuchao`; empty at the root.
    pub base_path: String,
    /// Worker threads.
    pub workers: usize,
    /// Proxies whose word about a caller is taken.
    pub proxies: Vec<Network>,
    /// Requests per minute and address.
    pub limits: Limits,
    /// Font of notices as PDF.
    pub pdf_font: Option<String>,
    /// Further names under which a demonstration is opened.
    pub hosts: Vec<String>,
    /// What the footer says of who runs the pages.
    pub footer: Footer,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_path: String::new(),
            workers: 2,
            proxies: Vec::new(),
            limits: Limits::default(),
            pdf_font: None,
            hosts: Vec::new(),
            footer: Footer::default(),
        }
    }
}

/// Serves until the process is told to stop (SIGINT, SIGTERM), then ends open answers and returns.
/// `ready` is called once with the bound address.
///
/// # Errors
/// The address cannot be bound, or the listener fails.
pub fn serve(
    settings: Settings,
    source: Arc<dyn BoardSource>,
    office: Office,
    ready: impl FnOnce(SocketAddr),
) -> std::io::Result<()> {
    let press = settings.pdf_font.as_deref().map(Press::open).transpose();
    let press = press.map_err(std::io::Error::other)?;
    let gate = Gate::new(settings.proxies, settings.limits);
    let desk = office.desk.clone();
    let state = State::new(source, &settings.base_path)
        .with_office(office)
        .with_gate(gate)
        .with_press(press)
        .with_frame(settings.hosts, settings.footer)
        .with_fence(Fence::around_me());
    // Before anybody asks, or the first would wait for it.
    if let Err(faults) = state.stock().now(&desk) {
        tracing::warn!(faults = ?faults, "the inventory could not be read yet");
    }
    let (listen, workers) = (settings.listen, settings.workers.max(1));
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || app(state.clone()))
            .workers(workers)
            .client_request_timeout(Duration::from_secs(10))
            .max_connections(512)
            .shutdown_timeout(5)
            .bind(listen)?;
        if let Some(address) = server.addrs().first() {
            ready(*address);
        }
        let running = server.run();
        actix_web::rt::spawn(stopped_to_begin_again(desk, running.handle()));
        running.await
    })
}

/// Ends the serving once it is asked that the demonstration begins anew.
async fn stopped_to_begin_again(desk: Desk, server: actix_web::dev::ServerHandle) {
    while !again::is_asked(&desk) {
        actix_web::rt::time::sleep(Duration::from_millis(300)).await;
    }
    // The page that says so is sent first.
    server.stop(true).await;
}

/// The whole application, as served and as tested.
pub fn app(
    state: State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let scope = state.base().to_owned();
    App::new()
        .app_data(actix_web::web::Data::new(state))
        .app_data(actix_web::web::PayloadConfig::new(4096))
        .app_data(body::json())
        .app_data(body::path())
        .app_data(body::query())
        .wrap(from_fn(limits::check))
        .wrap(from_fn(guard::headers))
        .wrap(Compress::default())
        .wrap(from_fn(trace::request))
        .service(routes::scope(&scope))
        .default_service(actix_web::web::to(refusal::unlisted))
}

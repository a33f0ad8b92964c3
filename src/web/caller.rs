//! The caller of a route: who he is, at a desk of his own, with what he wishes of the act. Every
//! route is entered through [`enter`], which asks the table before the handler runs.
//!
//! Not here: what the handlers do; ownership, which the acts check.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, IF_MATCH, IF_NONE_MATCH};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};

use super::context::{Ctx, State};
use super::cookie;
use super::csrf;
use super::fields;
use super::hosts;
use super::peer::Peer;
use super::refusal::{self, stopped};
use super::reply::{Reply, problem};
use super::routes::{Route, Who};
use crate::acts::door::{Doorkeeper, Entered, Presented};
use crate::acts::people::{Tools, sessions};
use crate::acts::{Desk, Wish};
use crate::domain::fault::{Fault, Faults};
use crate::domain::people::Actor;

/// Where the acts happen and who minds the door.
#[derive(Clone)]
pub struct Office {
    /// A desk at the database; callers get one of their own.
    pub desk: Desk,
    /// Who minds the door.
    pub keeper: Arc<dyn Doorkeeper>,
    /// What sign-ins need; none where nobody can sign in (tests of other things).
    pub tools: Option<Arc<Tools>>,
}

/// A caller.
#[derive(Clone)]
pub struct Caller {
    desk: Desk,
    base: String,
    held: Option<String>,
    tools: Option<Arc<Tools>>,
    peer: Peer,
    csrf: Option<String>,
}

impl Caller {
    /// The token against forged requests of his session.
    pub fn csrf(&self) -> Option<String> {
        self.csrf.clone()
    }

    /// Asks an act off the event loop and answers.
    pub async fn ask(
        self,
        work: impl FnOnce(&Desk) -> Result<Reply, Faults> + Send + 'static,
    ) -> HttpResponse {
        let desk = self.desk;
        // What is logged inside names the request.
        let span = tracing::Span::current();
        let done = web::block(move || span.in_scope(|| work(&desk))).await;
        match done.unwrap_or_else(|_| Err(stopped().into())) {
            Ok(reply) => reply.send(&self.base, self.held.as_deref()),
            Err(faults) => problem(&faults),
        }
    }

    /// His desk, for handlers that answer with something else than JSON.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What sign-ins need.
    pub fn tools(&self) -> Option<Arc<Tools>> {
        self.tools.clone()
    }

    /// The address that he comes from.
    pub fn ip(&self) -> IpAddr {
        self.peer.ip
    }

    /// From where and how he asks.
    pub fn peer(&self) -> &Peer {
        &self.peer
    }
}

impl FromRequest for Caller {
    type Error = actix_web::Error;
    type Future = Ready<Result<Caller, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Caller>().cloned();
        ready(caller.ok_or_else(|| actix_web::error::ErrorInternalServerError("no caller")))
    }
}

/// Lets a request into a route, or refuses it.
///
/// # Errors
/// Those of the handler.
pub async fn enter(
    route: &'static Route,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(office) = office(&request) else {
        // Without an office there are only pages of a board.
        return match route.who {
            Who::Public if !route.is_act() => Ok(next.call(request).await?.map_into_boxed_body()),
            _ => Ok(refused(request, &stopped().into())),
        };
    };
    let peer = Peer::of(request.request());
    if let Err(fault) = hosts::check(request.request(), &peer) {
        return Ok(refused(request, &fault.into()));
    }
    let presented = presented(request.headers(), &request);
    let typed = token_in_form(&mut request, &presented).await;
    let (method, headers) = (request.method().clone(), request.headers().clone());
    if let Err(fault) = csrf::check(&method, &headers, &peer, (&presented, typed.as_deref())) {
        return Ok(refused(request, &fault.into()));
    }
    let csrf = presented.session.as_deref().map(sessions::csrf);
    let by_token = presented.token.is_some();
    let keeper = office.keeper.clone();
    let known = match presented.is_empty() {
        true => Ok(Entered::from(Actor::public())),
        false => web::block(move || keeper.identify(&presented))
            .await
            .unwrap_or_else(|_| Err(stopped().into())),
    };
    // A page for all is shown to him whose sign-in is over, too; a token that is not good is told, or its
    // program would take what the public sees for all there is.
    let known = match (known, route.who) {
        (Err(_), Who::Public) if !by_token => Ok(Actor::public().into()),
        (known, _) => known,
    };
    let entered = match known {
        Ok(entered) => entered,
        Err(faults) => return Ok(refused(request, &faults)),
    };
    let desk = office
        .desk
        .entered(entered)
        .wishing(wish(request.headers()));
    let may = match route.who {
        Who::Power(power) => desk.may(power),
        Who::Public => Ok(()),
    };
    let caller = Caller {
        desk,
        base: base(&request),
        held: text(request.headers(), IF_NONE_MATCH.as_str()),
        tools: office.tools,
        peer,
        csrf,
    };
    request.extensions_mut().insert(caller);
    if let Err(faults) = may {
        return Ok(refused(request, &faults));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// The answer to who is not let in: a page with a way back, or a problem under `/api/`.
fn refused(request: ServiceRequest, faults: &Faults) -> ServiceResponse<BoxBody> {
    let page = Ctx::of(request.request()).filter(|ctx| !ctx.is_api());
    let answer = match page {
        Some(ctx) => refusal::refused(&ctx, faults),
        None => problem(faults),
    };
    request.into_response(answer)
}

/// The token that a form carries, read only where the browser says nothing of where it was made. The body
/// is kept for the handler.
async fn token_in_form(request: &mut ServiceRequest, presented: &Presented) -> Option<String> {
    let silent = csrf::is_silent(request.headers()) && presented.session.is_some();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || !silent || !fields::is_pairs(request.request()) {
        return None;
    }
    let payload = request.take_payload();
    let bytes = fields::whole(request.request(), payload).await.ok()?;
    let token = fields::decoded(&bytes).ok()?.get("csrf").to_owned();
    request.extensions_mut().insert(fields::Held(bytes));
    Some(token)
}

fn office(request: &ServiceRequest) -> Option<Office> {
    request.app_data::<web::Data<State>>()?.office()
}

fn base(request: &ServiceRequest) -> String {
    let state = request.app_data::<web::Data<State>>();
    state.map(|s| s.base().to_owned()).unwrap_or_default()
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn presented(headers: &HeaderMap, request: &ServiceRequest) -> Presented {
    let bearer = text(headers, AUTHORIZATION.as_str());
    let token = bearer.and_then(|v| v.strip_prefix("Bearer ").map(str::to_owned));
    Presented {
        session: cookie::held(request.request()),
        token,
    }
}

/// A tag may be sent weak or strong, in quotes; a key is any text up to 200 characters.
fn wish(headers: &HeaderMap) -> Wish {
    let tag = text(headers, IF_MATCH.as_str()).filter(|t| t != "*");
    let bare = |t: String| {
        t.trim()
            .trim_start_matches("W/")
            .trim_matches('"')
            .to_owned()
    };
    Wish {
        unchanged: tag.map(bare),
        once: text(headers, "idempotency-key").filter(|k| !k.is_empty() && k.len() <= 200),
        ..Wish::default()
    }
}

/// A body, path or query that cannot be read.
pub fn unreadable(fault: Fault) -> actix_web::Error {
    let cause = fault.cause.clone();
    actix_web::error::InternalError::from_response(cause, problem(&fault.into())).into()
}

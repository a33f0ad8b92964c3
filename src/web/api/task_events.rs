//! The steps of a task as server-sent events: stored ones first, from `Last-Event-ID` on, then those
//! that come, until the task is over. A comment each 15 seconds keeps proxies from closing.
//!
//! Not here: which steps are kept (`worker`).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt::time::sleep;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};

use super::tasks::{TaskStep, TaskView};
use crate::acts::Desk;
use crate::acts::tasks::{self, TOO_MANY_STREAMS};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::TaskId;
use crate::domain::task::{Progress, Task};
use crate::web::caller::Caller;
use crate::web::context::State;
use crate::web::refusal::stopped;
use crate::web::reply::problem;

/// Most open streams of a process.
pub const STREAMS: usize = 64;
/// How often the steps are looked for.
const LOOK: Duration = Duration::from_millis(500);
/// Looks between two comments.
const QUIET: u32 = 30;

type Found = Result<(Task, Vec<Progress>), Faults>;
type Looking = Pin<Box<dyn Future<Output = Found>>>;

/// A place among the open streams; free again when dropped.
pub struct Place(Arc<AtomicUsize>);

impl Place {
    /// Takes a place; `None` when all are taken.
    pub fn take(open: &Arc<AtomicUsize>) -> Option<Place> {
        let place = Place(Arc::clone(open));
        let before = open.fetch_add(1, Ordering::SeqCst);
        (before < STREAMS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The body: it looks, tells, waits, and ends.
struct Stream {
    desk: Desk,
    task: TaskId,
    last: u32,
    quiet: u32,
    looking: Option<Looking>,
    _place: Place,
}

/// Looks for steps after a number, after a while.
fn look(desk: Desk, task: TaskId, last: u32, wait: Duration) -> Looking {
    Box::pin(async move {
        sleep(wait).await;
        let found = web::block(move || tasks::progress(&desk, &task, last)).await;
        found.unwrap_or_else(|_| Err(stopped().into()))
    })
}

impl Stream {
    fn again(&self) -> Looking {
        look(self.desk.clone(), self.task.clone(), self.last, LOOK)
    }

    /// The text of what was found; the stream ends with it when the task is over.
    fn tell(&mut self, (task, steps): (Task, Vec<Progress>)) -> String {
        let mut text = String::new();
        for step in steps {
            self.last = step.number;
            text += &event("progress", Some(step.number), &TaskStep::from(step));
        }
        if task.state.is_over() {
            return text + &event("end", None, &TaskView::from(task));
        }
        self.looking = Some(self.again());
        self.quiet += 1;
        if !text.is_empty() {
            self.quiet = 0;
        } else if self.quiet >= QUIET {
            self.quiet = 0;
            text = ": alive\n\n".to_owned();
        }
        text
    }
}

/// One event. JSON has no line breaks, so that one data line holds it.
fn event(name: &str, id: Option<u32>, data: &impl serde::Serialize) -> String {
    let id = id.map(|n| format!("id: {n}\n")).unwrap_or_default();
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("{id}event: {name}\ndata: {data}\n\n")
}

impl MessageBody for Stream {
    type Error = actix_web::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        loop {
            let Some(looking) = self.looking.as_mut() else {
                return Poll::Ready(None);
            };
            let found = match looking.as_mut().poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(found) => found,
            };
            self.looking = None;
            // A sign-in that is over, or a database that is gone, ends the stream; the client asks again.
            let Ok(found) = found else {
                return Poll::Ready(None);
            };
            let text = self.tell(found);
            if !text.is_empty() {
                return Poll::Ready(Some(Ok(Bytes::from(text))));
            }
        }
    }
}

/// `GET /api/v1/tasks/{id}/events`.
pub async fn stream(
    caller: Caller,
    request: HttpRequest,
    path: web::Path<String>,
    state: web::Data<State>,
) -> HttpResponse {
    let task: TaskId = match path.parse() {
        Ok(task) => task,
        Err(fault) => return problem(&Faults::from(fault)),
    };
    let Some(place) = Place::take(state.streams()) else {
        let cause = format!("{STREAMS} streams are open");
        return problem(
            &Fault::new(TOO_MANY_STREAMS, cause, "close one, or ask again later").into(),
        );
    };
    let held = request.headers().get("last-event-id");
    let last = held.and_then(|v| v.to_str().ok()?.trim().parse().ok());
    let desk = caller.desk().clone();
    // The first look decides whether there is anything to stream, and to whom.
    let first = look(
        desk.clone(),
        task.clone(),
        last.unwrap_or(0),
        Duration::ZERO,
    )
    .await;
    let found = match first {
        Ok(found) => found,
        Err(faults) => return problem(&faults),
    };
    let body = Stream {
        looking: Some(Box::pin(std::future::ready(Ok(found)))),
        desk,
        task,
        last: last.unwrap_or(0),
        quiet: 0,
        _place: place,
    };
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        // The compressor would hold events back.
        .insert_header(("content-encoding", "identity"))
        .body(body)
}

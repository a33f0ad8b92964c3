//! What the OpenAPI document says of a route, beside the route itself.
//!
//! Not here: how the document is put together (`openapi`).

use utoipa::openapi::schema::Schema;
use utoipa::openapi::{RefOr, schema};
use utoipa::{PartialSchema, ToSchema};

use crate::acts::lists::{Listing, Words};
use crate::acts::tables::Table;

type Named = (String, RefOr<Schema>);

/// The shape of a body: the schema of a type, by name.
#[derive(Clone, Copy)]
pub struct Shape {
    /// Name of the schema.
    pub name: fn() -> String,
    /// The schema.
    pub schema: fn() -> RefOr<Schema>,
    /// Schemas that it names.
    pub nested: fn(&mut Vec<Named>),
}

impl Shape {
    /// The shape of a type.
    pub const fn of<T: ToSchema>() -> Shape {
        Shape {
            name: || T::name().into_owned(),
            schema: <T as PartialSchema>::schema,
            nested: |all| T::schemas(all),
        }
    }
}

/// What a route takes and gives.
#[derive(Clone, Copy)]
pub struct Doc {
    /// Subject, under which the document groups it.
    pub tag: &'static str,
    /// Query parameters: name, what it means. All are text and may be left out.
    pub query: &'static [(&'static str, &'static str)],
    /// The JSON that is sent.
    pub body: Option<Shape>,
    /// The JSON that is answered.
    pub answer: Option<Shape>,
    /// Status when it went well.
    pub status: u16,
    /// Media type of the answer when it is not JSON.
    pub media: Option<&'static str>,
    /// Media type of what is sent when it is a file.
    pub takes: Option<&'static str>,
    /// True when it answers 401 though anyone may ask: a step of a sign-in that failed or is over.
    pub door: bool,
    /// True when the list comes in pages, asked for by `after` and `limit`.
    pub paged: bool,
    /// The words by which the list is asked for some rows, in some order.
    pub words: Option<fn() -> Words>,
    /// Members of what is shown by which the list can be put in order.
    pub sorts: &'static [&'static str],
    /// The list as a table, when it can be had as a file.
    pub table: Option<&'static Table>,
}

impl Doc {
    /// A route that answers 200 with a JSON body.
    pub const fn gives<T: ToSchema>(tag: &'static str) -> Doc {
        Doc {
            tag,
            query: &[],
            body: None,
            answer: Some(Shape::of::<T>()),
            status: 200,
            media: None,
            takes: None,
            door: false,
            paged: false,
            words: None,
            sorts: &[],
            table: None,
        }
    }

    /// The same route, taking a JSON body.
    #[must_use]
    pub const fn takes<T: ToSchema>(mut self) -> Doc {
        self.body = Some(Shape::of::<T>());
        self
    }

    /// The same route, taking the bytes of a file.
    #[must_use]
    pub const fn takes_file(mut self, media: &'static str) -> Doc {
        self.takes = Some(media);
        self
    }

    /// The same list, also to be had as a file.
    #[must_use]
    pub const fn table(mut self, table: &'static Table) -> Doc {
        self.table = Some(table);
        self
    }

    /// The same route, a step of a sign-in: it answers 401 to wrong words, 403 to whom may not.
    #[must_use]
    pub const fn door(mut self) -> Doc {
        self.door = true;
        self
    }

    /// The same list in pages, asked for by `after` and `limit` besides its own parameters.
    #[must_use]
    pub const fn paged(mut self) -> Doc {
        self.paged = true;
        self
    }

    /// The same list in pages, asked for by the words of what it holds.
    #[must_use]
    pub const fn lists<T: Listing>(mut self) -> Doc {
        self.paged = true;
        self.words = Some(T::words);
        self
    }

    /// The same list, put in order by some of its members.
    #[must_use]
    pub const fn sorts(mut self, sorts: &'static [&'static str]) -> Doc {
        self.sorts = sorts;
        self
    }

    /// The same route with query parameters.
    #[must_use]
    pub const fn query(mut self, query: &'static [(&'static str, &'static str)]) -> Doc {
        self.query = query;
        self
    }

    /// The same route, answering with another status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Doc {
        self.status = status;
        self
    }

    /// A route that answers with another media type than JSON.
    pub const fn file(tag: &'static str, media: &'static str) -> Doc {
        Doc {
            tag,
            query: &[],
            body: None,
            answer: None,
            status: 200,
            media: Some(media),
            takes: None,
            door: false,
            paged: false,
            words: None,
            sorts: &[],
            table: None,
        }
    }
}

/// A reference to a named schema.
pub fn reference(shape: &Shape) -> RefOr<Schema> {
    RefOr::Ref(schema::Ref::from_schema_name((shape.name)()))
}

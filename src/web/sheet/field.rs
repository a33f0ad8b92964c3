//! Fields of forms: name, words, value, and what kind of input takes it.
//!
//! Not here: forms (`form`).

/// A choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it says.
    pub label: String,
}

/// What takes the value.
#[derive(Debug, Clone)]
pub enum Input {
    /// One line; the kind of HTML (`text`, `number`, `date`, `datetime-local`, `password`, `search`, `file`).
    Line(&'static str),
    /// A number on a scale: least, most, step.
    Range(i64, i64, i64),
    /// Many lines.
    Lines,
    /// A text in a notation: tall, each letter as wide as the next.
    Code,
    /// One of these; the first is taken unless a value is set.
    One(Vec<Choice>),
    /// Any of these.
    Many(Vec<Choice>),
    /// Yes or no.
    Tick,
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How to answer.
    pub hint: String,
    /// The value; for many choices none.
    pub value: String,
    /// Chosen ones of many.
    pub chosen: Vec<String>,
    /// What takes it.
    pub input: Input,
    /// Must be answered.
    pub required: bool,
    /// What is wrong with it.
    pub error: String,
    /// As wide as the form.
    pub wide: bool,
    /// Value of `autocomplete`.
    pub complete: &'static str,
}

impl Field {
    /// A field with an input.
    pub fn new(name: &str, label: &str, input: Input) -> Field {
        Field {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            value: String::new(),
            chosen: Vec::new(),
            input,
            required: false,
            error: String::new(),
            wide: false,
            complete: "off",
        }
    }

    /// One line of text.
    pub fn line(name: &str, label: &str) -> Field {
        Field::new(name, label, Input::Line("text"))
    }

    /// A number.
    pub fn number(name: &str, label: &str) -> Field {
        Field::new(name, label, Input::Line("number"))
    }

    /// A number on a scale.
    pub fn range(name: &str, label: &str, (least, most, step): (i64, i64, i64)) -> Field {
        Field::new(name, label, Input::Range(least, most, step))
    }

    /// A day.
    pub fn day(name: &str, label: &str) -> Field {
        Field::new(name, label, Input::Line("date"))
    }

    /// A moment in Beijing time.
    pub fn moment(name: &str, label: &str) -> Field {
        Field::new(name, label, Input::Line("datetime-local"))
    }

    /// A secret.
    pub fn secret(name: &str, label: &str, complete: &'static str) -> Field {
        Field {
            complete,
            ..Field::new(name, label, Input::Line("password"))
        }
    }

    /// A file.
    pub fn file(name: &str, label: &str) -> Field {
        Field::new(name, label, Input::Line("file"))
    }

    /// Words over many lines, as wide as the form.
    pub fn words(name: &str, label: &str) -> Field {
        Field::new(name, label, Input::Lines).wide()
    }

    /// A text in a notation, as wide as the form.
    pub fn code(name: &str, label: &str) -> Field {
        Field::new(name, label, Input::Code).wide()
    }

    /// One of some choices.
    pub fn one(name: &str, label: &str, choices: Vec<(String, String)>) -> Field {
        Field::new(name, label, Input::One(choices_of(choices)))
    }

    /// Any of some choices.
    pub fn many(name: &str, label: &str, choices: Vec<(String, String)>) -> Field {
        Field::new(name, label, Input::Many(choices_of(choices))).wide()
    }

    /// Yes or no.
    pub fn tick(name: &str, label: &str, on: bool) -> Field {
        Field::new(name, label, Input::Tick).value(if on { "yes" } else { "" })
    }

    /// The same with a value.
    #[must_use]
    pub fn value(mut self, value: impl ToString) -> Field {
        self.value = value.to_string();
        self
    }

    /// The same with a value, if there is one.
    #[must_use]
    pub fn maybe(self, value: Option<impl ToString>) -> Field {
        match value {
            Some(value) => self.value(value),
            None => self,
        }
    }

    /// The same with chosen ones.
    #[must_use]
    pub fn chosen(mut self, chosen: impl IntoIterator<Item = String>) -> Field {
        self.chosen = chosen.into_iter().collect();
        self
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = hint.into();
        self
    }

    /// The same, to be answered.
    #[must_use]
    pub fn needed(mut self) -> Field {
        self.required = true;
        self
    }

    /// The same, as wide as the form.
    #[must_use]
    pub fn wide(mut self) -> Field {
        self.wide = true;
        self
    }

    /// True when a choice is taken.
    pub fn takes(&self, value: &str) -> bool {
        self.value == value || self.chosen.iter().any(|c| c == value)
    }
}

fn choices_of(all: Vec<(String, String)>) -> Vec<Choice> {
    let choice = |(value, label)| Choice { value, label };
    all.into_iter().map(choice).collect()
}

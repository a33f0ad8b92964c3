//! Tables whose columns are the truth themselves (no `body` with projections).

diesel::table! {
    policies (id) {
        id -> Text,
        created_at -> Timestamp,
        body -> Text,
    }
}

diesel::table! {
    snapshots (digest) {
        digest -> Text,
        round_id -> Text,
        frozen_at -> Timestamp,
        bytes -> Binary,
    }
}

diesel::table! {
    plans (digest) {
        digest -> Text,
        snapshot -> Text,
        parent -> Nullable<Text>,
        round_id -> Text,
        created_at -> Timestamp,
        body -> Text,
    }
}

diesel::table! {
    unit_allocations (id) {
        id -> Text,
        unit_id -> Text,
        application_id -> Text,
        plan -> Nullable<Text>,
        contract -> Nullable<Text>,
        whole -> Bool,
        area -> BigInt,
        from_day -> Date,
        until_day -> Nullable<Date>,
        state -> Text,
    }
}

diesel::table! {
    apartment_allocations (id) {
        id -> Text,
        apartment_type_id -> Text,
        application_id -> Text,
        plan -> Nullable<Text>,
        contract -> Nullable<Text>,
        count -> BigInt,
        from_day -> Date,
        until_day -> Nullable<Date>,
        state -> Text,
    }
}

diesel::table! {
    journal (seq) {
        seq -> BigInt,
        at -> Timestamp,
        actor -> Text,
        act -> Text,
        subject -> Text,
        before_digest -> Nullable<Text>,
        after_digest -> Nullable<Text>,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    records (digest) {
        digest -> Text,
        body -> Text,
    }
}

diesel::table! {
    case_files (id) {
        id -> Text,
        holder -> Text,
        digest -> Text,
        bytes -> Binary,
    }
}

//! The store: pools of connections, one fair writer, and how transactions begin and end.
//!
//! One writer at a time on both databases. On SQLite by a queue in this process and BEGIN
//! IMMEDIATE between processes; on PostgreSQL by a table lock that each writer takes first.
//! A write within a write on one thread would wait for itself; the acts never nest.
//!
//! Not here: what is read and written (the aggregates).

use std::time::Duration;

use diesel::connection::{Connection, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};

use super::connection::{Backend, Link, Purpose};
use super::dialect::{self, Begin};
use super::error::{BUSY, CONTENDED, StoreError, UNJOURNALED, unreachable_database};
use super::turn::Queue;
use super::tx::{Reading, Writing};
use super::url::Address;

/// How often a serializable transaction is tried.
const ATTEMPTS: u32 = 8;

/// A database of Zhuchao.
pub struct Store {
    address: Address,
    readers: Pool<Manager>,
    writer: Pool<Manager>,
    queue: Queue,
}

struct Manager {
    address: Address,
    purpose: Purpose,
}

impl ManageConnection for Manager {
    type Connection = Link;
    type Error = StoreError;

    fn connect(&self) -> Result<Link, StoreError> {
        Link::establish(&self.address, self.purpose)
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), StoreError> {
        Ok(link.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        std::thread::panicking() || link.is_broken()
    }
}

impl Store {
    /// Opens a database by its URL (`sqlite:PATH`, `postgres://..`). The tables may still be
    /// missing: see [`Store::migrate`]. Errors: ST124, ST130, ST131.
    pub fn open(url: &str) -> Result<Store, StoreError> {
        let address = Address::read(url)?;
        // A first connection by hand: a pool would hide why it fails.
        let mut first = Link::establish(&address, Purpose::Write)?;
        dialect::prepare(&mut first)?;
        drop(first);
        Ok(Store {
            readers: pool(&address, Purpose::Read, 4)?,
            writer: pool(&address, Purpose::Write, 1)?,
            address,
            queue: Queue::default(),
        })
    }

    /// Where the data are.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        match self.address {
            Address::Sqlite(_) => Backend::Sqlite,
            Address::Postgres(_) => Backend::Postgres,
        }
    }

    /// Brings the tables up to date, all or nothing; the names of the steps taken.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let _turn = self.queue.wait();
        let mut link = checked_out(&self.writer)?;
        dialect::begin(&mut link, Begin::Write)?;
        let ran = dialect::migrate(&mut link);
        end(&mut link, ran.is_ok())?;
        ran
    }

    /// The names of the migrations that are still to run.
    pub fn pending(&self) -> Result<Vec<String>, StoreError> {
        dialect::pending(&mut *checked_out(&self.writer)?)
    }

    /// Reads one state of everything.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Reading<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut link = checked_out(&self.readers)?;
        dialect::begin(&mut link, Begin::Read).map_err(StoreError::from)?;
        let result = work(&mut Reading::new(&mut link));
        end(&mut link, false)?;
        result
    }

    /// Writes all or nothing. ST122 when something was written without a journal entry.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.queue.wait();
        let mut link = checked_out(&self.writer)?;
        transact(&mut link, Begin::Write, work).map_err(|failed| failed.error)
    }

    /// Writes as if alone (SERIALIZABLE): for committing allocations. `work` may run several
    /// times, so it must have no effect but on the transaction. ST111 when it never got through.
    pub fn write_serial<T, E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.queue.wait();
        let mut link = checked_out(&self.writer)?;
        for _ in 1..ATTEMPTS {
            match transact(&mut link, Begin::Serial, &mut work) {
                Err(failed) if failed.contended => {}
                other => return other.map_err(|failed| failed.error),
            }
        }
        transact(&mut link, Begin::Serial, &mut work).map_err(|failed| failed.error)
    }
}

struct Failed<E> {
    error: E,
    contended: bool,
}

impl<E: From<StoreError>> From<StoreError> for Failed<E> {
    fn from(error: StoreError) -> Self {
        Failed {
            contended: error.code() == CONTENDED,
            error: E::from(error),
        }
    }
}

fn transact<T, E: From<StoreError>>(
    link: &mut Link,
    kind: Begin,
    work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
) -> Result<T, Failed<E>> {
    dialect::begin(link, kind).map_err(StoreError::from)?;
    if let Some(sql) = dialect::take_turn(link.backend())
        && let Err(error) = link.batch_execute(sql)
    {
        end(link, false)?;
        return Err(StoreError::from(error).into());
    }
    let mut writing = Writing::new(link);
    let result = work(&mut writing);
    let owed = writing.changed && !writing.journaled;
    let contended = writing.contended;
    match result {
        Ok(_) if owed => {
            end(link, false)?;
            Err(unjournaled().into())
        }
        Ok(value) => {
            end(link, true)?;
            Ok(value)
        }
        Err(error) => {
            end(link, false)?;
            Err(Failed { error, contended })
        }
    }
}

fn end(link: &mut Link, commit: bool) -> Result<(), StoreError> {
    type Manager = <Link as Connection>::TransactionManager;
    let ended = if commit {
        <Manager as TransactionManager<Link>>::commit_transaction(link)
    } else {
        <Manager as TransactionManager<Link>>::rollback_transaction(link)
    };
    ended.map_err(StoreError::from)
}

fn unjournaled() -> StoreError {
    StoreError::broken(
        UNJOURNALED,
        "something was to be written without a journal entry; nothing was written",
        "report this: an act of the program forgot its entry",
        "",
    )
}

fn pool(address: &Address, purpose: Purpose, size: u32) -> Result<Pool<Manager>, StoreError> {
    let manager = Manager {
        address: address.clone(),
        purpose,
    };
    Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        .connection_timeout(Duration::from_secs(30))
        .build(manager)
        .map_err(|e| unreachable_database(&e.to_string()))
}

fn checked_out(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>, StoreError> {
    pool.get()
        .map_err(|e| StoreError::busy(BUSY, &e.to_string()))
}

CREATE TABLE `run_journal` (
	`workspace_id` text NOT NULL,
	`run_id` text NOT NULL,
	`kind` text NOT NULL,
	`scope` text NOT NULL,
	`name` text NOT NULL,
	`attempt` integer NOT NULL,
	`event` integer,
	`record` text,
	PRIMARY KEY(`workspace_id`, `run_id`, `kind`, `scope`, `name`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`,`run_id`) REFERENCES `runs`(`workspace_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `run_queue` (
	`workspace_id` text NOT NULL,
	`run_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`document` text,
	`locale` text NOT NULL,
	`key_id` text,
	`wake_at` integer,
	`end_event` integer,
	PRIMARY KEY(`workspace_id`, `run_id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`,`run_id`) REFERENCES `runs`(`workspace_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `run_queue_wake` ON `run_queue` (`wake_at`) WHERE "run_queue"."wake_at" is not null;--> statement-breakpoint
CREATE TABLE `run_waits` (
	`workspace_id` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text NOT NULL,
	`scope` text NOT NULL,
	`node` text NOT NULL,
	`ask` text NOT NULL,
	`until` integer,
	`answer` text,
	`answered_at` integer,
	PRIMARY KEY(`workspace_id`, `id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`,`run_id`) REFERENCES `runs`(`workspace_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `run_waits_step` ON `run_waits` (`workspace_id`,`run_id`,`scope`,`node`);--> statement-breakpoint
CREATE TABLE `start_keys` (
	`workspace_id` text NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`run_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `route`, `key`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `start_keys_age` ON `start_keys` (`created_at`);
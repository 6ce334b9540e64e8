CREATE TABLE `answers` (
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`length` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`answer` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `key`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `answers_age` ON `answers` (`created_at`);--> statement-breakpoint
CREATE INDEX `answers_expiry` ON `answers` (`expires_at`);--> statement-breakpoint
CREATE TABLE `spending` (
	`workspace_id` text NOT NULL,
	`holder` text NOT NULL,
	`period` text NOT NULL,
	`nano_usd` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `holder`, `period`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `limits` text;
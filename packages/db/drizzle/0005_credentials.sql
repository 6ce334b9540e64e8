CREATE TABLE `credentials` (
	`workspace_id` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`provider` text,
	`base_url` text,
	`origin` text NOT NULL,
	`model` text,
	`sealed` text,
	`version` integer NOT NULL,
	`hint` text,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`last_test` text,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_name` ON `credentials` (`workspace_id`,`kind`,`name`);--> statement-breakpoint
CREATE TABLE `data_keys` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`master_key_id` text NOT NULL,
	`sealed` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `data_keys_master` ON `data_keys` (`master_key_id`);--> statement-breakpoint
ALTER TABLE `workspaces` ADD `default_model` text;
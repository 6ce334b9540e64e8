CREATE TABLE `conversations` (
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`id` text NOT NULL,
	`summary` text NOT NULL,
	`summarised` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `flow_id`, `id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`flow_id`) REFERENCES `flows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversations_end` ON `conversations` (`ends_at`);--> statement-breakpoint
CREATE TABLE `conversation_exchanges` (
	`workspace_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`number` integer NOT NULL,
	`key` text NOT NULL,
	`question` text NOT NULL,
	`answer` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `flow_id`, `conversation_id`, `number`),
	FOREIGN KEY (`workspace_id`,`flow_id`,`conversation_id`) REFERENCES `conversations`(`workspace_id`,`flow_id`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversation_exchanges_key` ON `conversation_exchanges` (`workspace_id`,`flow_id`,`conversation_id`,`key`);